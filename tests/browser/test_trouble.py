"""When the network or the gateway fails: nothing is lost, nothing is said twice."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ask, open_chat


def _send(page, text):
    page.get_by_role("textbox").fill(text)
    page.get_by_role("textbox").press("Enter")


def test_a_lost_answer_is_asked_for_again_with_the_same_id_and_shown_once(page, chat):
    chat.plan.append("lost")
    ask(page, "Bonjour")
    expect(page.locator("article.assistant")).to_have_count(1)
    assert len(chat.received) == 2
    assert len({sent["client_id"] for sent in chat.received}) == 1
    assert len(chat.handled) == 1


def test_after_three_failures_the_resident_tries_again_in_the_same_words(page, chat):
    chat.plan.extend([502, 503, 500])
    _send(page, "Bonjour")
    expect(page.locator(".failure")).to_contain_text("Votre message n'est pas parti.")
    expect(page.locator("#typing")).to_be_empty()
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator("article.assistant")).to_have_count(1)
    expect(page.locator(".failure")).to_have_count(0)
    expect(page.get_by_role("textbox")).to_be_focused()
    assert len({sent["client_id"] for sent in chat.received}) == 1
    assert len(chat.received) == 4


def test_what_was_written_after_a_failure_waits_behind_it(page, chat):
    chat.plan.extend([502, 503, 500])
    _send(page, "un")
    expect(page.locator(".failure")).to_be_visible()
    _send(page, "deux")
    expect(page.locator("article.assistant")).to_have_count(2)
    assert [sent["text"] for sent in chat.handled] == ["un", "deux"]


def test_offline_is_said_and_the_message_leaves_when_the_connection_is_back(page, chat):
    page.context.set_offline(True)
    expect(page.locator("#connection")).to_have_text("Vous êtes hors ligne.")
    _send(page, "Bonjour")
    expect(page.locator(".failure")).to_contain_text("dès que la connexion revient")
    page.context.set_offline(False)
    expect(page.locator("article.assistant")).to_have_count(1)
    expect(page.locator("#connection")).to_be_empty()
    assert len(chat.handled) == 1


def test_what_went_wrong_is_not_hidden_behind_the_field(open_page, chat):
    page = open_page(viewport={"width": 390, "height": 640}, has_touch=True, is_mobile=True)
    ask(page, "Bonjour")
    page.context.set_offline(True)
    _send(page, "Flagey")
    failure = page.locator(".failure")
    expect(failure).to_be_visible()
    edge = page.locator("#composer").evaluate("e => e.getBoundingClientRect().top")
    assert failure.evaluate("e => e.getBoundingClientRect().bottom") <= edge


def test_too_many_messages_are_said_and_sent_after_the_wait(page, chat):
    chat.plan.append(429)
    _send(page, "Bonjour")
    expect(page.locator(".failure")).to_contain_text("partira tout seul dans 2 s")
    expect(page.locator("article.assistant")).to_have_count(1)
    assert len(chat.received) == 2


@pytest.mark.parametrize(("status", "words"), [(422, "n'a pas pu être traité"), (413, "trop long")])
def test_a_refused_message_does_not_hold_up_the_next(page, chat, status, words):
    chat.plan.append(status)
    _send(page, "???")
    expect(page.locator(".failure")).to_contain_text(words)
    assert page.get_by_role("button", name="Réessayer").count() == 0
    ask(page, "Bonjour")
    assert [sent["text"] for sent in chat.handled] == ["Bonjour"]


def test_a_conversation_that_is_gone_is_begun_anew_without_losing_the_message(page, chat):
    ask(page, "un")
    chat.conversations.clear()
    ask(page, "deux")
    expect(page.locator(".note-line")).to_contain_text("La conversation précédente était terminée.")
    assert (len(chat.opened), chat.handled[-1]["text"]) == (2, "deux")


def test_a_choice_of_a_conversation_that_is_gone_goes_out_in_words(page, chat):
    ask(page, "Le tram à Fourche")
    chat.conversations.clear()
    page.get_by_role("button", name="Fourche (Ixelles)").click()
    expect(page.locator("article.assistant")).to_have_count(2)
    assert chat.handled[-1]["text"] == "Fourche (Ixelles)"


def test_a_reload_keeps_the_conversation(page, chat):
    ask(page, "Tram à Flagey ?")
    page.reload()
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.locator("article.resident .words")).to_have_text("Tram à Flagey ?")
    ask(page, "Bonjour")
    assert len(chat.opened) == 1


def test_a_message_without_an_answer_is_sent_again_after_a_reload(page, chat):
    chat.plan.append("held")
    _send(page, "Bonjour")
    expect(page.locator("#typing")).not_to_be_empty()
    page.reload()
    expect(page.locator("article.assistant")).to_have_count(1)
    chat.release()
    assert len({sent["client_id"] for sent in chat.received}) == 1


def test_a_browser_without_storage_still_talks(open_page):
    page = open_page(path="icon.svg", chat=False)
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('refused') }})")
    page.goto(page.url.replace("icon.svg", "?lang=fr"))
    open_chat(page)
    expect(ask(page, "Bonjour")).to_contain_text("Je connais")


def test_a_script_that_does_not_load_leaves_the_telephone_number(open_page, address):
    page = open_page(path="icon.svg", chat=False)
    page.route("**/city-assistant.js", lambda route: route.abort())
    page.goto(address)
    expect(page.get_by_role("link", name="0800 13 680").first).to_be_visible()


def test_without_scripts_the_number_is_there_in_three_languages(open_page):
    page = open_page(java_script_enabled=False, chat=False)
    for words in page.locator(".fallback p").all():
        expect(words.get_by_role("link", name="0800 13 680")).to_have_attribute("href", "tel:+3280013680")
    assert [each.get_attribute("lang") for each in page.locator(".fallback p").all()] == ["fr", "nl", "en"]
    expect(page.locator(".launcher")).to_have_count(0)


def _operator(number, text):
    message = {"id": f"o{number}", "author": "operator", "language": "fr", "text": text}
    return {"messages": [message], "language": "fr", "state": "operator"}


def test_an_operator_s_words_come_unasked_and_are_marked(page, chat):
    ask(page, "Bonjour")
    chat.push(_operator(1, "Bonjour, ici Nadia."))
    expect(page.locator("article.operator")).to_contain_text("Bonjour, ici Nadia.")
    expect(page.locator("article.operator .author")).to_have_text("Une personne de l'équipe")
    expect(page.locator("#state")).to_have_text("Vous parlez maintenant avec une personne de l'équipe.")


def test_that_a_person_writes_is_shown_until_the_words_are_there(page, chat):
    ask(page, "Bonjour")
    chat.push(_operator(1, "Je regarde."))
    typing = page.locator("#typing")
    expect(typing).to_have_text("")
    chat.push({"event": "typing", "messages": [], "language": "fr", "state": "operator"})
    expect(typing).to_have_text("Une personne de l'équipe vous écrit…")
    chat.push(_operator(2, "Voilà."))
    expect(page.locator("article.operator")).to_have_count(2)
    expect(typing).to_have_text("")


def test_that_a_person_writes_is_not_said_for_longer_than_it_was_heard(page, chat):
    page.clock.install()
    ask(page, "Bonjour")
    chat.push({"event": "typing", "messages": [], "language": "fr", "state": "operator"})
    expect(page.locator("#typing")).to_have_text("Une personne de l'équipe vous écrit…")
    page.clock.run_for(6100)
    expect(page.locator("#typing")).to_have_text("")


def test_a_stream_that_breaks_goes_on_after_the_last_event(page, chat):
    ask(page, "Bonjour")
    chat.push(_operator(1, "un"))
    expect(page.locator("article.operator")).to_have_count(1)
    chat.cut_streams()
    chat.push(_operator(2, "deux"))
    expect(page.locator("article.operator")).to_have_count(2)
    assert chat.streams == [None, "1"]


def test_a_reload_takes_the_stream_up_again_and_repeats_nothing(page, chat):
    ask(page, "Bonjour")
    chat.push(_operator(1, "un"))
    expect(page.locator("article.operator")).to_have_count(1)
    page.reload()
    chat.push(_operator(2, "deux"))
    expect(page.locator("article.operator")).to_have_count(2)
    assert chat.streams[-1] == "1"


def test_a_closed_conversation_offers_to_start_anew(page, chat):
    ask(page, "Bonjour")
    chat.push({"messages": [], "language": "fr", "state": "closed"})
    expect(page.locator("#state")).to_have_text("Cette conversation est terminée.")
    page.locator("#again").click()
    expect(page.locator("article")).to_have_count(0)
    ask(page, "Bonjour")
    assert len(chat.opened) == 2


def test_starting_anew_asks_first_and_leaves_nothing_on_the_screen(page, chat):
    ask(page, "Bonjour")
    page.get_by_label("Options").click()
    page.get_by_role("button", name="Recommencer").click()
    dialog = page.get_by_role("dialog", name="Recommencer ?")
    expect(dialog.get_by_role("button", name="Annuler")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("article")).to_have_count(2)
    page.get_by_label("Options").click()
    page.get_by_role("button", name="Recommencer").click()
    dialog.get_by_role("button", name="Recommencer").click()
    expect(page.locator("article")).to_have_count(0)
    assert page.evaluate("sessionStorage.length") == 0
    assert chat.deleted == []


def _delete(page):
    page.get_by_label("Options").click()
    page.get_by_role("button", name="Mes données").click()
    page.get_by_role("button", name="Supprimer ma conversation").click()
    page.get_by_role("dialog", name="Supprimer").get_by_role("button", name="Supprimer").click()


def test_deleting_erases_here_and_at_the_gateway(page, chat):
    ask(page, "Bonjour")
    _delete(page)
    expect(page.locator("#state")).to_have_text("Votre conversation est supprimée.")
    expect(page.locator("article")).to_have_count(0)
    assert page.evaluate("sessionStorage.length") == 0
    assert chat.deleted == ["n1"]


def test_a_deletion_that_fails_is_said_and_keeps_the_conversation(page, chat):
    ask(page, "Bonjour")
    chat.delete_status = 503
    _delete(page)
    expect(page.locator("#state")).to_contain_text("La suppression n'a pas réussi.")
    expect(page.locator("article")).to_have_count(2)
    assert json.loads(page.evaluate("sessionStorage.getItem('bxl-conversation')"))["conversation"]["id"] == "n1"


def test_deleting_while_an_answer_is_awaited_does_not_bring_the_message_back(page, chat):
    chat.plan.append("held")
    _send(page, "Bonjour")
    expect(page.locator("#typing")).not_to_be_empty()
    _delete(page)
    chat.release()
    expect(page.locator("#state")).to_have_text("Votre conversation est supprimée.")
    ask(page, "Autre chose")
    expect(page.locator("article.resident")).to_have_count(1)
    assert [sent["text"] for sent in chat.received] == ["Bonjour", "Autre chose"]
