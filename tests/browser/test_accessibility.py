"""WCAG 2.2 AA, as far as a machine can tell, and what it cannot: keyboard, focus, width, print."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from services.gateway.accessibility import AccessibilityPage
from tests.browser.conftest import ask
from tests.browser.drawn import drawn_hole, drawn_tile

STATEMENT = Path(__file__).parents[2] / "data" / "accessibility"
QUESTIONS = {
    "fr": [
        "Flagey",
        "Quels sacs ?",
        "La carte de riverain ?",
        "Ma maison communale ?",
        "Recypark",
        "Mon agenda",
        "BXL-2026-00123",
        "Un rendez-vous",
        "De Flagey à la gare du Midi",
        "Une enquête publique",
        "Fourche",
        "Bonjour",
    ],
    "nl": [
        "Flagey",
        "Welke zak?",
        "Een bewonerskaart?",
        "Mijn gemeentehuis?",
        "Recypark",
        "Mijn agenda",
        "BXL-2026-00123",
        "Een afspraak",
        "Van Flagey naar het Zuidstation",
        "Een openbaar onderzoek",
        "Fourche",
        "Dag",
    ],
    "en": [
        "Flagey",
        "Which bag?",
        "A resident parking permit?",
        "My town hall?",
        "Recypark",
        "My calendar",
        "BXL-2026-00123",
        "An appointment",
        "From here to Gare du Midi",
        "A public inquiry",
        "Fourche",
        "Hello",
    ],
}  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def back_to(page, name):
    """Go back with the keyboard until a button has the focus."""
    button = page.get_by_role("button", name=name)
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if button.evaluate("e => e.getRootNode().activeElement === e"):
            return
    expect(button).to_be_focused()


def _check(page):
    results = Axe().run(page, options={"runOnly": RULES})
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_axe_finds_nothing_from_the_welcome_to_every_card(open_page, language, scheme):
    page = open_page(language, color_scheme=scheme)
    expect(page.locator("#welcome h3")).to_be_visible()
    _check(page)
    for question in QUESTIONS[language]:
        ask(page, question)
    for summary in page.locator("#log summary").all():
        if summary.evaluate("summary => !summary.parentElement.open"):
            summary.click()
    _check(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_trouble_or_in_the_dialog(open_page, chat, scheme):
    page = open_page(color_scheme=scheme)
    ask(page, "Bonjour")
    operator = {"id": "o", "author": "operator", "language": "fr", "text": "Bonjour"}
    chat.push({"messages": [operator], "language": "fr", "state": "operator"})
    expect(page.locator("article.operator")).to_be_visible()
    chat.plan.append(422)
    page.get_by_role("textbox").fill("?")
    page.get_by_role("textbox").press("Enter")
    expect(page.locator(".failure")).to_be_visible()
    page.get_by_role("textbox").fill("a" * 2001)
    page.get_by_label("Options").click()
    _check(page)
    page.get_by_role("button", name="Mes données").click()
    expect(page.get_by_role("dialog", name="Mes données")).to_be_visible()
    _check(page)
    page.get_by_role("button", name="Supprimer ma conversation").click()
    expect(page.get_by_role("dialog", name="Supprimer")).to_be_visible()
    _check(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_offline_nor_while_a_photo_is_on_its_way(open_page, chat, scheme):
    page = open_page(color_scheme=scheme)
    ask(page, "Bonjour")
    chat.plan.append("held")
    photo = {"name": "hole.png", "mimeType": "image/png", "buffer": drawn_hole()}
    page.locator("#file").set_input_files(photo)
    expect(page.locator("#typing")).not_to_be_empty()
    expect(page.locator("article.resident .picture")).to_be_visible()
    _check(page)
    chat.release()
    expect(page.locator("article.assistant")).to_have_count(2)
    page.context.set_offline(True)
    page.locator("#file").set_input_files(photo)
    page.get_by_role("textbox").fill("Flagey")
    page.get_by_role("textbox").press("Enter")
    expect(page.locator(".failure").first).to_contain_text("dès que la connexion revient")
    expect(page.locator("#connection")).to_have_text("Vous êtes hors ligne.")
    _check(page)
    page.context.set_offline(False)
    expect(page.locator("article.assistant")).to_have_count(4)
    assert len(chat.photos) == 2
    copy = {"id": "e", "author": "assistant", "language": "fr", "text": "Voici une copie."}
    chat.plan.append({"messages": [copy | {"cards": [{"type": "export", "formats": ["text", "json", "zip"]}]}]})
    ask(page, "Une copie")
    expect(ask(page, "BXL-2026-00123").locator(".report-photos .picture").first).to_be_visible()
    _check(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("status", [200, 503], ids=["tiles", "no-tiles"])
def test_axe_finds_nothing_on_an_open_map(open_page, chat, address, scheme, status):
    page = open_page(color_scheme=scheme)
    chat.map = {"tiles": f"{address}tiles/{{z}}/{{x}}/{{y}}.png", "attribution": "© Exemple", "attribution_url": None}
    chat.tile, chat.tile_status = drawn_tile(), status
    card = ask(page, "Recypark").locator(".places")
    card.get_by_role("button", name="Afficher la carte").click()
    if status == 503:
        expect(card.get_by_role("status")).to_contain_text("La carte ne s'affiche pas.")
        _check(page)
        return
    expect(card.locator("img.leaflet-tile-loaded").first).to_be_attached()
    card.get_by_role("button", name="1. Recypark Sud").press("Enter")
    expect(card.locator(".leaflet-popup")).to_be_visible()
    _check(page)


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_axe_finds_nothing_on_the_statement_and_the_menu_leads_to_it(open_page, address, language):
    page = open_page(language)
    page.locator("#menu summary").click()
    _check(page)
    links = [link.get_attribute("href") for link in page.locator("#menu a[target]").all()]
    assert links == [f"{address}privacy?lang={language}", f"{address}accessibility?lang={language}"]
    page.set_content(AccessibilityPage(STATEMENT).html(language))
    _check(page)


def test_axe_finds_nothing_without_scripts_or_on_a_phone(open_page, browser, address):
    phone = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    for question in QUESTIONS["fr"]:
        ask(phone, question)
    _check(phone)
    fallback = open_page(path="icon.svg", chat=False)
    fallback.route("**/city-assistant.js", lambda route: route.abort())
    fallback.goto(address)
    expect(fallback.get_by_role("heading", level=1)).to_be_visible()
    _check(fallback)


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("height", [256, 640], ids=["zoomed-400-percent", "small-phone"])
def test_nothing_scrolls_sideways_at_320_pixels(open_page, language, height):
    page = open_page(language, viewport={"width": 320, "height": height})
    for question in [*QUESTIONS[language], "a" * 300]:
        ask(page, question)
    for summary in page.locator("#log summary").all():
        summary.evaluate("summary => { summary.parentElement.open = true }")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.locator("#scroller").evaluate("e => e.scrollWidth") == 320
    beyond = "all => all.filter(e => e.getBoundingClientRect().right > 320.5).map(e => e.className)"
    assert page.locator("#app *:visible").evaluate_all(beyond) == []


def test_everything_can_be_done_with_the_keyboard(open_page):
    page = open_page(chat=False)
    launcher = page.get_by_role("button", name="Poser une question")
    launcher.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(launcher).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="FR").focus()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("link", name="Aller à la question")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("Le tram à Fourche")
    page.keyboard.press("Enter")
    expect(page.locator("article.assistant")).to_be_visible()
    back_to(page, "Fourche (Vilvoorde)")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("article.assistant").last).to_contain_text("choice c-1")
    expect(page.get_by_role("textbox")).to_be_focused()


def test_the_menu_closes_with_escape_and_gives_the_focus_back(page):
    menu = page.locator("#menu summary")
    menu.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Texte plus petit")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("textbox")).to_be_visible()  # the chat itself stays open
    expect(menu).to_be_focused()
    expect(page.get_by_role("button", name="Recommencer")).to_be_hidden()


def test_the_focus_is_never_hidden_behind_the_frame_of_the_page(open_page):
    page = open_page(viewport={"width": 1000, "height": 720})
    for question in QUESTIONS["fr"]:
        ask(page, question)
    edges = "e => [e.getBoundingClientRect().top, e.getBoundingClientRect().bottom]"
    bars = [page.locator(".top").evaluate(edges)[1], page.locator("#composer").evaluate(edges)[0]]
    page.get_by_role("textbox").focus()
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        box = page.evaluate(
            "(() => { const e = document.querySelector('city-assistant').shadowRoot.activeElement;"
            " const b = e.getBoundingClientRect();"
            " return [b.top, b.bottom, Boolean(e.closest('.talk'))] })()"
        )
        if box[2]:
            assert box[0] >= bars[0] - 1
            assert box[1] <= bars[1] + 1


def test_the_focus_is_visible(page):
    expect(page.locator("#welcome h3")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    outline = "getComputedStyle(document.querySelector('city-assistant').shadowRoot.activeElement).outlineStyle"
    assert page.evaluate(outline) == "solid"


def test_on_a_touch_screen_a_choice_does_not_raise_the_keyboard(open_page):
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    ask(page, "Le tram à Fourche")
    page.get_by_role("button", name="Fourche (Ixelles)").tap()
    expect(page.locator("article.resident").last).to_be_focused()


def test_the_conversation_is_a_polite_log_of_articles(page):
    ask(page, "Bonjour")
    log = page.get_by_role("log", name="Conversation")
    expect(log.get_by_role("article")).to_have_count(2)
    assert page.get_by_label("Votre question").evaluate("field => field.tagName") == "TEXTAREA"


def test_type_is_large_enough_to_read(page):
    answer = ask(page, "Bonjour")
    sizes = "all => all.map(e => parseFloat(getComputedStyle(e).fontSize))"
    assert min(answer.locator(".words p").evaluate_all(sizes)) >= 17


def test_motion_stops_where_it_is_not_wanted(open_page, chat):
    for wanted, moving in (("reduce", False), ("no-preference", True)):
        page = open_page(reduced_motion=wanted)
        running = ask(page, "Bonjour").evaluate("e => getComputedStyle(e).animationName")
        assert (running != "none") is moving


def test_on_paper_there_is_the_conversation_with_everything_unfolded(page):
    ask(page, "La carte de riverain ?")
    page.get_by_label("Options").click()
    page.get_by_role("button", name="Imprimer").click()
    paper = page.frame_locator("iframe.print-frame").locator("body")
    expect(paper).to_contain_text("10 € par an")  # folded on the screen
    expect(paper).to_contain_text("La carte de riverain ?")
    assert paper.locator("button, textarea").count() == 0
    assert paper.locator(".card").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
