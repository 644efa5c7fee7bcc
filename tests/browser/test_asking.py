"""Asking, choosing, and what is said back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ask


def test_nothing_is_stored_or_opened_before_the_first_message(page, chat):
    expect(page.get_by_role("heading", level=3, name="Bonjour")).to_be_visible()
    page.get_by_role("button", name="NL").click()
    page.get_by_role("button", name="FR").click()
    assert page.evaluate("[sessionStorage.length, localStorage.length]") == [0, 0]
    assert (page.context.cookies(), chat.opened) == ([], [])
    ask(page, "Bonjour")
    assert page.evaluate("[sessionStorage.length, localStorage.length]") == [1, 0]
    assert page.context.cookies() == []


def test_enter_sends_and_the_answer_is_shown(page, chat):
    answer = ask(page, "Bonjour")
    expect(answer).to_contain_text("Je connais les collectes")
    assert [sent["text"] for sent in chat.received] == ["Bonjour"]
    assert chat.opened == [{"language": "fr", "channel": "web"}]
    expect(page.get_by_role("textbox")).to_have_value("")


def test_the_button_sends_too_and_shift_enter_begins_a_new_line(page, chat):
    field = page.get_by_role("textbox")
    field.fill("Rue Blaes")
    field.press("Shift+Enter")
    field.press_sequentially("20")
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.locator("article.assistant")).to_be_visible()
    assert [sent["text"] for sent in chat.received] == ["Rue Blaes\n20"]


def test_an_empty_question_is_not_sent(page, chat):
    page.get_by_role("textbox").press("Enter")
    expect(page.locator("#counter")).to_have_text("Écrivez d'abord votre question.")
    assert chat.received == []


def test_a_starter_asks_its_question_as_it_is_typed(page, chat):
    page.get_by_role("button", name="Quand ma maison communale").click()
    expect(page.locator("article.assistant")).to_contain_text("Ixelles")
    assert [sent["text"] for sent in chat.received] == ["Quand ma maison communale est-elle ouverte ?"]
    expect(page.get_by_role("textbox")).to_be_focused()


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_there_are_four_or_five_starters(open_page, language):
    page = open_page(language)
    expect(page.locator(".starter").first).to_be_visible()
    assert page.locator(".starter").count() in {4, 5}


def test_a_choice_goes_out_by_its_id_and_shows_by_its_label(page, chat):
    ask(page, "Le tram à Fourche")
    page.get_by_role("button", name="Fourche (Grimbergen)").click()
    expect(page.locator("article.assistant").last).to_contain_text("choice c-1")
    assert [(sent.get("text"), sent.get("choice")) for sent in chat.received][-1] == (None, "c-1")
    expect(page.locator("article.resident .words").last).to_have_text("Fourche (Grimbergen)")
    expect(page.get_by_role("button", name="Fourche (Grimbergen) (votre choix)")).to_be_visible()
    expect(page.get_by_role("textbox")).to_be_focused()


@pytest.mark.parametrize("author", ["resident", "assistant"])
def test_html_in_a_message_is_shown_as_text(page, author):
    written = "<b>gras</b> <img src=x onerror=\"document.title='hacked'\">"
    answer = ask(page, written)
    if author == "resident":
        expect(page.locator("article.resident .words")).to_have_text(written)
    else:
        expect(answer).to_contain_text("<img src=x onerror=alert(1)><b>gras</b>")
    assert page.locator("#log :is(img, b, script)").count() == 0
    assert "hacked" not in page.title()


def test_a_command_of_the_dialogue_engine_is_text(page, chat):
    ask(page, '/inform{"stop": "stop:flagey"}')
    assert chat.received[0]["text"] == '/inform{"stop": "stop:flagey"}'


def test_numbers_and_addresses_in_an_answer_can_be_followed(page):
    answer = ask(page, "Bonjour")
    expect(answer.get_by_role("link", name="0800 13 680")).to_have_attribute("href", "tel:+3280013680")
    expect(answer.get_by_role("link", name="be.brussels (nouvel onglet)")).to_have_attribute(
        "href", "https://be.brussels/"
    )


def test_the_typing_indicator_is_a_status_and_goes_when_the_answer_comes(page, chat):
    chat.plan.append("held")
    page.get_by_role("textbox").fill("Bonjour")
    page.get_by_role("textbox").press("Enter")
    expect(page.get_by_role("status").filter(has_text="L'assistant cherche la réponse…")).to_be_visible()
    chat.release()
    expect(page.locator("article.assistant")).to_be_visible()
    expect(page.locator("#typing")).to_be_empty()


def test_what_is_written_while_an_answer_is_awaited_goes_out_after_it(page, chat):
    chat.plan.append("held")
    for text in ("un", "deux", "trois"):
        page.get_by_role("textbox").fill(text)
        page.get_by_role("textbox").press("Enter")
    expect(page.locator("article.resident")).to_have_count(3)
    chat.release()
    expect(page.locator("article.assistant")).to_have_count(3)
    assert [sent["text"] for sent in chat.received] == ["un", "deux", "trois"]


def test_the_counter_speaks_up_near_the_limit_and_too_long_is_not_sent(page, chat):
    field = page.get_by_role("textbox")
    field.fill("a" * 1800)
    expect(page.locator("#counter")).to_be_empty()
    field.fill("a" * 1963)
    expect(page.locator("#counter")).to_have_text("Encore 30 caractères possibles.")
    field.fill("a" * 2003)
    expect(page.locator("#counter")).to_contain_text("2003 caractères, maximum 2000")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.press("Enter")
    assert (len(field.input_value()), chat.received) == (2003, [])
    field.fill("a" * 2000)
    field.press("Enter")
    expect(page.locator("article.assistant")).to_be_visible()
    assert len(chat.received[0]["text"]) == 2000
