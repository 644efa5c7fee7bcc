"""The helper in a browser: typing, keys, copying, putting a fact right, the next call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk_server import DeskServer, desk_server, sign_in
from tests.browser.test_accessibility import RULES
from tests.integration.desk.test_helper import WORDS, answer, with_cards


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskServer]:
    with desk_server(tmp_path, city=True) as server:
        server.rasa.answers[WORDS] = answer(likely=["transport_next_departures", "transport_line_info"])
        yield server


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Give a maker of windows; what goes wrong in scripts fails the test."""
    contexts, errors = [], []

    def opened(**options: Any) -> Page:
        settings = {"locale": "fr-BE", "viewport": {"width": 1360, "height": 900}, **options}
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
    page = window(permissions=["clipboard-read", "clipboard-write"])
    sign_in(page, desk.url, "nadia")
    return page


def open_helper(page: Page) -> Any:
    page.keyboard.press("/")
    page.wait_for_url("**/desk/helper")
    field = page.get_by_label("Ce que dit l'appelant")
    expect(field).to_be_focused()
    return field


def check(page: Page) -> None:
    results = Axe().run(page, options={"runOnly": RULES})
    assert results.violations_count == 0, results.generate_report()


def test_a_whole_call_goes_by_the_keyboard(desk, nadia):
    field = open_helper(nadia)
    nadia.keyboard.type(WORDS)
    expect(nadia.get_by_text("Tram 81 vertrekt om 8.20 uur.")).to_be_visible()
    expect(nadia.get_by_text("Le tram 81 part à 8 h 20.")).to_be_visible()
    expect(nadia.locator("#helper-said")).to_have_text("Une réponse trouvée")
    expect(field).to_be_focused()
    nadia.keyboard.press("Alt+c")
    expect(nadia.locator("#helper-said")).to_have_text("La réponse est copiée.")
    assert nadia.evaluate("navigator.clipboard.readText()") == "Tram 81 vertrekt om 8.20 uur."
    nadia.keyboard.press("Alt+o")
    nadia.wait_for_function("navigator.clipboard.readText().then((text) => text.startsWith('Le tram 81'))")
    nadia.keyboard.press("ArrowDown")
    expect(nadia.get_by_role("button", name="Le parcours d'une ligne")).to_be_focused()
    nadia.keyboard.press("ArrowDown")
    expect(nadia.get_by_role("button", name="Une autre heure")).to_be_focused()
    nadia.keyboard.press("Enter")
    expect(nadia.locator("#answer")).to_contain_text("/inform")
    nadia.keyboard.press("Alt+n")
    expect(nadia.locator("#found")).to_be_empty()
    expect(field).to_have_value("")
    expect(field).to_be_focused()


def test_a_fact_that_is_put_right_changes_the_words_and_the_answer(desk, nadia):
    open_helper(nadia).fill(WORDS)
    fact = nadia.get_by_label("Ligne", exact=True)
    expect(fact).to_have_value("81")
    fact.fill("92")
    fact.press("Enter")
    expect(nadia.locator("#found")).to_contain_text("« wanneer rijdt tram 92 aan Flagey »")
    expect(nadia.get_by_label("Ce que dit l'appelant")).to_have_value("wanneer rijdt tram 92 aan Flagey")


def test_texts_and_contacts_are_searched_with_the_caller_s_words_and_with_others(desk, nadia):
    open_helper(nadia).fill("odeur de gas")
    known = nadia.locator("#known")
    expect(known.get_by_role("heading", name="Odeur de gaz (Sibelga)")).to_be_visible()
    expect(known.get_by_role("link", name="0800 19 400").first).to_have_attribute("href", "tel:080019400")
    nadia.keyboard.press("Alt+k")
    expect(nadia.locator("#sought")).to_be_focused()
    nadia.keyboard.type("terasse")
    procedure = known.get_by_role("article", name="Autorisation de terrasse (horeca)")
    expect(procedure).to_be_visible()
    expect(nadia.locator("#words")).to_have_value("odeur de gas")
    check(nadia)
    procedure.get_by_role("button", name="Copier NL").click()
    expect(nadia.locator("#helper-said")).to_have_text("La réponse est copiée.")
    assert "Vergunning voor een terras" in nadia.evaluate("navigator.clipboard.readText()")
    procedure.get_by_text("Documents, coût, délai…").click()
    expect(procedure.get_by_text("Het formulier van de gemeente").first).to_be_visible()
    nadia.get_by_label("Genre").select_option("contact")
    expect(known).to_contain_text("Rien trouvé dans les textes.")
    nadia.keyboard.press("Alt+n")
    expect(known).to_be_empty()


@pytest.mark.parametrize("width", [1360, 320])
def test_departures_are_drawn_as_a_table_that_is_accessible(desk, window, width):
    row = {"line": "81", "headsign": "Montgomery", "time": "2026-11-24T08:20:00+01:00", "minutes": 5, "realtime": True}
    desk.rasa.answers[WORDS] = with_cards({"type": "departures", "rows": [row]})
    desk.add_account("nadia")
    page = window(viewport={"width": width, "height": 900})
    sign_in(page, desk.url, "nadia")
    open_helper(page).fill(WORDS)
    expect(page.get_by_role("row", name="81 Montgomery 08:20 · en temps réel 5 minutes")).to_be_visible()
    check(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_pinned_stands_ready_and_is_moved_by_the_keyboard(desk, nadia):
    open_helper(nadia)
    pins, known = nadia.locator("#pins"), nadia.locator("#known")
    for words, name in (("odeur de gaz", "Odeur de gaz (Sibelga)"), ("terrasse", "Autorisation de terrasse (horeca)")):
        nadia.locator("#sought").fill(words)
        button = known.get_by_role("article", name=name).get_by_role("button", name="Épingler")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(nadia.locator("#helper-said")).to_have_text("C'est épinglé.")
    names = pins.locator("summary[id^=pin-name]")
    expect(names).to_contain_text(["Odeur de gaz", "Autorisation de terrasse"])
    up = pins.get_by_role("button", name="Plus haut").nth(1)
    up.focus()
    nadia.keyboard.press("Enter")
    expect(names).to_contain_text(["Autorisation de terrasse", "Odeur de gaz"])
    expect(pins.get_by_role("button", name="Plus haut").first).to_be_focused()
    names.nth(1).click()
    expect(pins.get_by_role("link", name="0800 19 400")).to_be_visible()
    check(nadia)
    nadia.reload()
    expect(names).to_contain_text(["Autorisation de terrasse", "Odeur de gaz"])
    pins.get_by_role("button", name="Retirer").first.click()
    expect(names).to_have_count(1)


def test_the_day_s_disruptions_are_one_press_away_and_stay_open_while_they_are_renewed(desk, nadia):
    open_helper(nadia)
    banner = nadia.locator(".today")
    expect(banner.get_by_text("Bus 38 dévié")).to_be_hidden()
    banner.locator("summary").click()
    expect(banner.get_by_text("Bus 38 dévié")).to_be_visible()
    check(nadia)
    with nadia.expect_response("**/desk/helper/today*"):
        nadia.get_by_label("Ma langue").select_option("nl")
    expect(banner.get_by_text("Omleiding bus 38")).to_be_visible()


def test_while_the_assistant_is_down_the_page_says_so(desk, nadia):
    desk.rasa.status = 500
    open_helper(nadia).fill("tram")
    expect(nadia.get_by_role("alert")).to_contain_text("L'assistant ne répond pas pour l'instant.")


def test_a_stroke_in_a_field_is_only_typed(desk, nadia):
    field = open_helper(nadia)
    nadia.keyboard.type("a/b")
    expect(field).to_have_value("a/b")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1360, 320])
def test_the_helper_is_accessible(desk, window, scheme, width):
    desk.add_account("nadia")
    page = window(color_scheme=scheme, viewport={"width": width, "height": 900})
    sign_in(page, desk.url, "nadia")
    field = open_helper(page)
    check(page)
    field.fill(WORDS)
    expect(page.get_by_text("Le tram 81 part à 8 h 20.")).to_be_visible()
    check(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_remark_goes_to_the_team_and_is_found_again(desk, nadia):
    open_helper(nadia).fill(WORDS)
    nadia.get_by_role("button", name="fausse", exact=True).click()
    told = nadia.get_by_text("C'est transmis à l'équipe Mobilité.")
    expect(told).to_be_focused()
    check(nadia)
    told.get_by_role("link", name="Remarques").click()
    expect(nadia.get_by_role("rowheader", name=WORDS)).to_be_visible()
    check(nadia)
