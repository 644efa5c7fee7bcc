"""Three languages: of the page, and of each message."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ask

TITLES = {"fr": "Assistant de Bruxelles", "nl": "Assistent van Brussel", "en": "Brussels assistant"}


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_address_chooses_the_language(open_page, language):
    page = open_page(language)
    expect(page.locator("#title")).to_have_text(TITLES[language])
    assert page.evaluate("document.documentElement.lang") == language
    assert page.locator("#app").get_attribute("lang") == language


@pytest.mark.parametrize(("locale", "language"), [("nl-BE", "nl"), ("en-US", "en"), ("fr-FR", "fr"), ("pl-PL", "fr")])
def test_the_browser_chooses_where_the_address_does_not(open_page, locale, language):
    page = open_page(path="", locale=locale)
    expect(page.locator("#title")).to_have_text(TITLES[language])


def test_an_address_with_an_unknown_language_does_not_break_the_page(open_page):
    expect(open_page("xx", locale="nl-BE").locator("#title")).to_have_text(TITLES["nl"])


def test_the_switch_changes_the_page_and_leaves_what_was_said(page, chat):
    answer = ask(page, "Bonjour")
    page.get_by_role("button", name="NL").click()
    expect(page.locator("#title")).to_have_text(TITLES["nl"])
    expect(page.get_by_role("button", name="NL")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("textbox", name="Uw vraag")).to_be_visible()
    expect(answer).to_contain_text("Je connais")
    assert page.evaluate("document.documentElement.lang") == "nl"  # the site follows
    expect(ask(page, "Dag")).to_have_attribute("lang", "nl")
    assert len(chat.opened) == 1  # the same conversation goes on


def test_each_message_has_the_language_it_is_in(page, chat):
    message = {"id": "x", "author": "assistant", "language": "nl", "text": "Welke halte?"}
    chat.plan.append({"messages": [message], "language": "nl"})
    answer = ask(page, "de tram aub")
    expect(answer).to_have_attribute("lang", "nl")
    expect(answer.locator(".author")).to_have_text("Assistent")
    expect(page.locator("article.resident")).to_have_attribute("lang", "nl")
    assert page.evaluate("document.documentElement.lang") == "fr"


def test_a_bilingual_answer_is_two_messages_in_their_languages(page, chat):
    both = [{"id": each, "author": "assistant", "language": each, "text": each} for each in ("fr", "nl")]
    chat.plan.append({"messages": both, "language": None})
    ask(page, "?")
    expect(page.locator("article.assistant")).to_have_count(2)
    assert [each.get_attribute("lang") for each in page.locator("article.assistant").all()] == ["fr", "nl"]
