"""Hostile text in any field of any card stays text: no element, no link, no script, nothing beyond the edge."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.canned import answer
from tests.browser.conftest import ask
from tests.hostile import ADDRESSES, TEXTS, spoilt

CARDS = (
    "departures",
    "collections",
    "procedure",
    "contact",
    "places",
    "calendar",
    "report",
    "slots",
    "trips",
    "inquiries",
    "choices",
)
#: What the widget itself draws answers with.
DRAWN = "article.assistant *:not(svg, svg *)"
OURS = {
    *(
        "A",
        "ARTICLE",
        "B",
        "BUTTON",
        "CAPTION",
        "CANVAS",
        "DD",
        "DETAILS",
        "DIV",
        "DL",
        "DT",
        "EM",
        "H4",
        "H5",
        "LI",
        "OL",
    ),
    *("P", "SECTION", "SPAN", "STRONG", "SUMMARY", "TABLE", "TBODY", "TD", "TH", "THEAD", "TIME", "TR", "UL", "WBR"),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_every_card_shows_hostile_words_as_words(open_page, chat, address, kind):
    page = open_page(viewport={"width": 320, "height": 640})
    title = page.title()
    for number, topic in enumerate(CARDS):
        said = answer(topic, "fr")
        text = TEXTS[kind]
        said["text"] = text
        said["cards"] = [spoilt(card, text, ADDRESSES[0]) for card in said.get("cards", [])]
        said["choices"] = [each | {"label": text} for each in said.get("choices", [])]
        said["source"] = {"name": text, "url": ADDRESSES[number % len(ADDRESSES)], "as_of": None, "realtime": None}
        chat.plan.append({"messages": [said | {"id": f"h{number}"}]})
        article = ask(page, topic)
        if said["cards"]:
            expect(article.locator(".card")).to_have_count(1)
    page.locator("#log details").evaluate_all("all => all.forEach(e => { e.open = true })")
    assert set(page.locator(DRAWN).evaluate_all("all => all.map(e => e.tagName)")) <= OURS
    links = page.locator("article.assistant a").evaluate_all("all => all.map(e => e.protocol)")
    assert set(links) <= {"https:", "http:", "tel:", "mailto:"}
    handlers = "all => all.flatMap(e => e.getAttributeNames().filter(name => name.startsWith('on')))"
    assert page.locator(DRAWN).evaluate_all(handlers) == []
    assert page.title() == title
    assert page.locator("#scroller").evaluate("e => e.scrollWidth") == 320
    beyond = "all => all.filter(e => e.getBoundingClientRect().right > 320.5).map(e => e.className || e.tagName)"
    assert page.locator("#app *:visible").evaluate_all(beyond) == []


@pytest.mark.parametrize("kind", TEXTS)
def test_a_map_s_pins_and_one_s_data_show_hostile_words_as_words(open_page, chat, address, kind):
    page = open_page(viewport={"width": 320, "height": 640})
    chat.map = {"tiles": f"{address}tiles/{{z}}/{{x}}/{{y}}.png", "attribution": TEXTS[kind], "attribution_url": None}
    chat.followed = TEXTS[kind]
    said = answer("places", "fr")
    said["cards"] = [spoilt(card, TEXTS[kind], "https://x.example/") for card in said["cards"]]
    chat.plan.append({"messages": [said | {"id": "h"}]})
    card = ask(page, "x").locator(".places")
    card.get_by_role("button", name="Afficher la carte").click()
    pin = card.locator(".map-pin").first
    pin.press("Enter")
    expect(card.locator(".leaflet-popup strong")).to_have_count(1)
    assert card.locator(".leaflet-popup strong").evaluate("e => e.childElementCount") == 0
    page.locator("#menu summary").click()
    page.locator("#mydata").click()
    facts = page.locator("dialog.mydata dd")
    expect(facts.nth(2)).to_have_text(TEXTS[kind].strip(), use_inner_text=False)
    assert facts.evaluate_all("all => all.every(e => e.childElementCount === 0)")
    assert page.locator("dialog.mydata").evaluate("e => e.scrollWidth <= e.clientWidth")


def test_hostile_words_of_the_resident_s_own_are_shown_as_they_were_typed(page):
    for text in TEXTS.values():
        ask(page, text)
    words = page.locator("article.resident .words")
    assert words.locator("*:not(p)").count() == 0
    assert words.first.inner_text().startswith("<img src=x")
