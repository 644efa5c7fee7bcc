"""The desk in a browser: signing in, and a whole conversation between a resident in the widget and an operator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from services.desk.handover import Fact, Suggestion
from tests.browser.conftest import open_chat
from tests.browser.desk_server import DeskServer, desk_server, sign_in
from tests.browser.test_accessibility import RULES
from tests.integration.desk.people import PASSWORD


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskServer]:
    with desk_server(tmp_path) as server:
        yield server


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Give a maker of browser windows, each of somebody else. What goes wrong in scripts fails the test."""
    contexts, errors = [], []

    def opened(language: str = "fr", **options: Any) -> Page:
        settings = {"locale": f"{language}-BE", "viewport": {"width": 1360, "height": 900}, **options}
        context = browser.new_context(reduced_motion="reduce", **settings)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if "Content Security" in line.text else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def nadia(desk: DeskServer, window: Callable[..., Page]) -> Page:
    desk.add_account("nadia")
    page = window()
    sign_in(page, desk.url, "nadia")
    return page


def ask(page: Page, desk: DeskServer, text: str, language: str = "nl") -> str:
    """Let a resident ask in the widget, and for a person; return the conversation's id."""
    page.goto(f"{desk.url}/?lang={language}")
    open_chat(page)
    write(page, text)
    expect(page.locator("article.assistant")).to_be_visible()
    conversation_id = desk.conversations()[-1]
    desk.do(desk.hand.ask(conversation_id, topic="waste", code="K7PM"))
    return conversation_id


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox").fill(text)
    page.get_by_role("textbox").press("Enter")


def live(page: Page) -> None:
    """Wait until events reach a page."""
    expect(page.locator("body")).to_have_attribute("data-live", "yes")


def check(page: Page) -> None:
    results = Axe().run(page, options={"runOnly": RULES})
    assert results.violations_count == 0, results.generate_report()


def test_a_whole_conversation_between_a_resident_and_an_operator(desk, nadia, window):
    desk.hand.suggestions = [Suggestion("De witte zak wordt op dinsdag opgehaald.", "nl", "Net Brussel")]
    resident = window("nl")
    ask(resident, desk, "Mijn witte zak werd niet opgehaald")
    expect(nadia.get_by_text("En attente (1)")).to_be_visible()
    nadia.get_by_role("button", name="Prendre").click()
    live(nadia)
    log = nadia.get_by_role("log", name="Ce qui a été dit")
    expect(log).to_contain_text("Mijn witte zak werd niet opgehaald")
    answer = nadia.get_by_label("Votre réponse, dans cette langue : Nederlands")
    answer.fill("Goeiedag, ik ben Nadia.")
    answer.press("Control+Enter")
    expect(resident.locator("article.operator")).to_contain_text("Goeiedag, ik ben Nadia.")
    expect(log).to_contain_text("Remis")
    expect(answer).to_have_value("")
    expect(answer).to_be_focused()
    write(resident, "Blaesstraat 20")
    expect(log.locator(".resident").last).to_contain_text("Blaesstraat 20")
    expect(resident.locator("article.assistant")).to_have_count(1)  # the assistant is silent
    suggested = nadia.get_by_role("region", name="Proposé par l'assistant")
    suggested.get_by_role("button", name="Envoyer").click()
    expect(resident.locator("article.operator").last).to_contain_text("op dinsdag opgehaald")
    nadia.get_by_label("Ce qui est réglé").fill("Nieuwe ophaling op dinsdag")
    nadia.get_by_role("button", name="Rendre à l'assistant").click()
    expect(nadia.get_by_text("Mes conversations (0)")).to_be_visible()
    write(resident, "Dank u")
    expect(resident.locator("article.assistant").last).to_contain_text("Dank u")
    assert [words for _, words in desk.hand.settled] == ["Nieuwe ophaling op dinsdag"]


def test_a_message_in_another_conversation_is_marked_and_said(desk, nadia, window):
    first, second = window("nl"), window("fr")
    one = ask(first, desk, "Eerste vraag")
    nadia.get_by_role("button", name="Prendre").click()
    two = ask(second, desk, "Deuxième question", "fr")
    nadia.get_by_role("button", name="Prendre").click()
    expect(nadia.locator(f"#chat-{two}")).to_have_attribute("aria-current", "true")
    live(nadia)
    write(first, "Bent u daar nog?")
    expect(nadia.locator(f"#chat-{one} .mark")).to_have_text("Nouveau")
    expect(nadia).to_have_title("(!) Conversation en français · Desk")
    expect(nadia.locator("#said")).to_have_text("Nouveau message")
    nadia.keyboard.press("Alt+j")
    live(nadia)
    expect(nadia.get_by_role("log")).to_contain_text("Bent u daar nog?")
    expect(nadia.locator(".mark")).to_have_count(0)


def test_an_answer_that_cannot_be_sent_stays_in_the_field_and_leaves_once_it_can(desk, nadia, window):
    resident = window("nl")
    ask(resident, desk, "Vraag")
    nadia.get_by_role("button", name="Prendre").click()
    answer = nadia.locator("#text")
    live(nadia)
    nadia.route("**/say", lambda route: route.abort())
    answer.fill("Goeiedag")
    nadia.get_by_role("button", name="Envoyer", exact=True).first.click()
    expect(nadia.locator("#reply-failure [role=alert]")).to_contain_text("n'est pas perdu")
    expect(answer).to_have_value("Goeiedag")
    nadia.reload()
    expect(answer).to_have_value("Goeiedag")
    live(nadia)
    nadia.unroute("**/say")
    answer.press("Control+Enter")
    expect(resident.locator("article.operator")).to_have_count(1)


def test_a_lost_connection_is_said_and_what_came_meanwhile_is_there_when_it_is_back(desk, nadia, window):
    resident = window("nl")
    ask(resident, desk, "Vraag")
    nadia.get_by_role("button", name="Prendre").click()
    live(nadia)
    nadia.route("**/events", lambda route: route.abort())
    desk.hand.cut()
    expect(nadia.locator("#connection")).to_contain_text("La connexion est coupée.")
    write(resident, "Hallo?")
    expect(resident.locator("article.resident")).to_have_count(2)
    nadia.unroute("**/events")
    expect(nadia.get_by_role("log")).to_contain_text("Hallo?", timeout=30_000)
    expect(nadia.locator("#connection")).to_have_text("La connexion est rétablie.")


def test_a_script_that_a_resident_writes_is_text_at_the_desk(desk, nadia, window):
    resident = window("nl")
    ask(
        resident,
        desk,
        "<img src=x onerror=\"document.body.dataset.hit='yes'\"><script>document.body.dataset.hit='yes'</script>",
    )
    nadia.get_by_role("button", name="Prendre").click()
    write(resident, "<b onmouseover=alert(1)>dik</b>")
    expect(nadia.get_by_role("log")).to_contain_text("<b onmouseover=alert(1)>dik</b>")
    assert nadia.locator("#transcript img, #transcript b, #lists img").count() == 0
    assert nadia.evaluate("document.body.dataset.hit ?? null") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_from_signing_in_to_supervision(desk, window, scheme):
    desk.add_account("samira", "operator", "supervisor", "administrator")
    desk.hand.suggestions = [Suggestion("De witte zak wordt op dinsdag opgehaald.", "nl", "Net Brussel")]
    desk.hand.facts = (Fact("address", "Blaesstraat 20"),)
    page = window(color_scheme=scheme)
    page.goto(f"{desk.url}/desk/")
    check(page)
    page.locator("#login").fill("samira")
    page.locator("#password").fill("not the right one")
    page.locator("button.main").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)
    page.locator("#login").fill("samira")
    page.locator("#password").fill(PASSWORD)
    page.locator("button.main").click()
    expect(page.locator(".secret")).to_be_visible()
    check(page)
    sign_in(page, desk.url, "samira")
    ask(window("nl"), desk, "Mijn witte zak werd niet opgehaald")
    expect(page.get_by_role("button", name="Prendre")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Prendre").click()
    page.get_by_text("Réponses toutes faites").click()
    page.get_by_text("Qui a regardé cette conversation").click()
    check(page)
    for path in ("supervision", "accounts", "help", "account"):
        page.goto(f"{desk.url}/desk/{path}")
        check(page)


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_nothing_scrolls_sideways_at_320_pixels(desk, window, language):
    desk.add_account("samira", "operator", "supervisor")
    page = window(language, viewport={"width": 320, "height": 640})
    sign_in(page, desk.url, "samira")
    ask(window("nl"), desk, "Mijn witte zak werd niet opgehaald " + "a" * 300)
    page.locator("button.take").click()
    expect(page.get_by_role("log")).to_be_visible()
    page.wait_for_load_state()  # with its style
    for path in (None, "inbox", "supervision", "help", "account", "sign-in"):
        if path:
            page.goto(f"{desk.url}/desk/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path


def test_the_keyboard_reaches_the_content_first_and_every_key_of_the_help_works(desk, nadia, window):
    resident = window("nl")
    ask(resident, desk, "Vraag")
    expect(nadia.get_by_role("button", name="Prendre")).to_be_visible()
    live(nadia)
    nadia.keyboard.press("Tab")
    expect(nadia.get_by_role("link", name="Aller au contenu")).to_be_focused()
    nadia.keyboard.press("Enter")
    expect(nadia.locator("#content")).to_be_focused()
    nadia.keyboard.press("Alt+c")
    expect(nadia.get_by_label("Code de l'habitant")).to_be_focused()
    nadia.keyboard.press("Alt+n")
    expect(nadia.get_by_role("log")).to_be_visible()
    live(nadia)
    nadia.keyboard.press("Alt+r")
    expect(nadia.locator("#text")).to_be_focused()
    nadia.keyboard.type("é@{}")
    expect(nadia.locator("#text")).to_have_value("é@{}")


def test_without_scripts_a_conversation_is_taken_answered_and_given_back(desk, window):
    desk.add_account("nadia")
    page = window(java_script_enabled=False)
    sign_in(page, desk.url, "nadia")
    resident = window("nl")
    ask(resident, desk, "Vraag")
    page.reload()
    page.get_by_role("button", name="Prendre").click()
    page.locator("#text").fill("Goeiedag")
    page.get_by_role("button", name="Envoyer", exact=True).first.click()
    expect(page.get_by_role("log")).to_contain_text("Goeiedag")
    expect(resident.locator("article.operator")).to_have_count(1)


def test_a_session_that_is_ended_elsewhere_leads_to_the_sign_in_and_back(desk, nadia, window):
    resident = window("nl")
    conversation_id = ask(resident, desk, "Vraag")
    nadia.get_by_role("button", name="Prendre").click()
    live(nadia)
    desk.end_sessions()
    nadia.wait_for_url(f"**/desk/sign-in?next=%2Fdesk%2Fchats%2F{conversation_id}")


def test_an_open_page_says_that_somebody_is_there_and_when_they_are_away(desk, nadia, window):
    live(nadia)
    (person,) = desk.hand.people_there.values()
    assert (person.name, person.status) == ("Nadia", "available")
    desk.hand.people_there.clear()
    expect_there(desk)
    nadia.get_by_role("button", name="Je m'absente").click()
    expect(nadia.get_by_role("button", name="Je suis disponible")).to_be_visible()
    assert [each.status for each in desk.hand.people_there.values()] == ["away"]


def expect_there(desk: DeskServer) -> None:
    """Wait until the open page has said again that its operator is there."""
    desk.do(desk.hand.until_somebody_is_there())


def test_the_supervisors_page_renews_itself(desk, window):
    desk.add_account("samira", "supervisor")
    page = window()
    page.clock.install()
    sign_in(page, desk.url, "samira")
    page.goto(f"{desk.url}/desk/supervision")
    expect(page.get_by_text("Il n'y a pas de conversation.")).to_be_visible()
    ask(window("nl"), desk, "Mijn witte zak werd niet opgehaald")
    page.clock.run_for(11_000)
    expect(page.get_by_role("link", name="Mijn witte zak werd niet opgehaald")).to_be_visible()


def test_several_tabs_share_one_stream_and_another_takes_it_over(desk, nadia, window):
    streams = []
    live(nadia)
    nadia.context.on("request", lambda request: streams.append(request.url) if "/events" in request.url else None)
    second = nadia.context.new_page()
    second.goto(f"{desk.url}/desk/inbox")
    live(second)
    assert streams == []
    ask(window("nl"), desk, "Vraag")
    for page in (nadia, second):
        expect(page.get_by_text("En attente (1)")).to_be_visible()
        expect(page.locator("#said")).to_have_text("Nouveau message")
    nadia.close()
    ask(window("nl"), desk, "Nog een vraag")
    expect(second.get_by_text("En attente (2)")).to_be_visible()
    assert len(streams) == 1


def test_what_is_open_or_ignored_beside_the_conversation_stays_so_when_something_new_comes(desk, nadia, window):
    desk.hand.suggestions = [Suggestion("De witte zak wordt op dinsdag opgehaald.", "nl", "Net Brussel")]
    resident = window("nl")
    ask(resident, desk, "Vraag")
    nadia.get_by_role("button", name="Prendre").click()
    live(nadia)
    nadia.get_by_role("button", name="Ignorer").click()
    nadia.get_by_text("Réponses toutes faites").click()
    desk.hand.facts = (Fact("address", "Blaesstraat 20"),)
    write(resident, "Blaesstraat 20")
    expect(nadia.get_by_role("definition").filter(has_text="Blaesstraat 20").first).to_be_visible()
    expect(nadia.get_by_text("Adresse", exact=True)).to_be_visible()
    expect(nadia.get_by_text("Goeiedag, ik ben Nadia.")).to_be_visible()
    expect(nadia.get_by_text("op dinsdag opgehaald")).to_have_count(0)
    expect(nadia.locator("#ready-made-title")).to_be_focused()
    nadia.locator("#insert-hello").click()
    expect(nadia.locator("#text")).to_have_value("Goeiedag, ik ben Nadia. Ik lees uw berichten en antwoord u meteen.")
