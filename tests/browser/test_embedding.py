"""The widget on a site: the button, links to it, its attributes, and what it takes from the site and what not."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ask, open_chat


def test_before_it_is_opened_the_script_is_all_that_is_fetched(open_page, chat, address):
    page = open_page(path="icon.svg", chat=False)
    fetched = []
    page.on("request", lambda request: fetched.append(request.url.removeprefix(address)))
    page.goto(address)
    expect(page.get_by_role("button", name="Poser une question")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert sorted(set(fetched) - {"icon.svg"}) == ["", "demo.css", "demo.js", "widget/city-assistant.js"]
    assert page.evaluate("[sessionStorage.length, localStorage.length, document.cookie]") == [0, 0, ""]
    assert chat.opened == []


def test_the_chat_closes_and_gives_the_focus_back_to_its_button(page):
    page.get_by_role("button", name="Fermer le chat").click()
    expect(page.get_by_role("textbox")).to_be_hidden()
    expect(page.get_by_role("button", name="Poser une question")).to_be_focused()


def test_the_site_beside_the_chat_can_still_be_used_on_a_large_screen(page):
    page.set_viewport_size({"width": 2000, "height": 800})
    page.get_by_role("link", name="Nederlands").click()
    expect(page.locator(".launcher")).to_have_text("Stel een vraag")


def test_on_a_phone_the_chat_is_the_only_thing_that_can_be_reached(open_page):
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    box = page.locator(".panel").bounding_box()
    assert (box["width"], box["height"]) == (390, 844)
    assert page.locator(".panel").evaluate("panel => panel.matches(':modal')")
    expect(page.locator("#title")).to_be_focused()  # the keyboard stays down


def test_the_next_page_of_the_site_shows_the_conversation_again(page, chat):
    ask(page, "Bonjour")
    page.goto(page.url.replace("?lang=fr", "?lang=fr&page=2"))
    expect(page.locator("article.assistant")).to_contain_text("Je connais")
    page.get_by_role("button", name="Fermer le chat").click()
    page.reload()
    expect(page.get_by_role("button", name="Poser une question")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_count(0)


def test_what_comes_while_the_chat_is_closed_is_counted_on_the_button(page, chat):
    ask(page, "Bonjour")
    page.get_by_role("button", name="Fermer le chat").click()
    for number in (1, 2):
        message = {"id": f"o{number}", "author": "operator", "language": "fr", "text": f"n{number}"}
        chat.push({"messages": [message], "language": "fr", "state": "operator"})
    button = page.get_by_role("button", name="Poser une question Nouveaux messages : 2")
    expect(button).to_be_visible()
    button.click()
    expect(page.locator("article.operator")).to_have_count(2)
    page.get_by_role("button", name="Fermer le chat").click()
    expect(page.locator(".launcher")).to_have_text("Poser une question")


@pytest.mark.parametrize(
    ("topic", "question"),
    [
        ("waste", "Où jeter une vieille poêle ?"),
        ("transport", "Combien coûte un ticket ?"),
        ("permits", "Faut-il un permis pour une véranda ?"),
        ("commune", "Comment prendre rendez-vous à la commune ?"),
    ],
)
def test_a_link_to_a_topic_opens_the_chat_with_its_questions(open_page, chat, topic, question):
    page = open_page(path=f"?topic={topic}&lang=fr", chat=False)
    page.get_by_role("button", name=question.split("-")[0]).click()
    expect(page.locator("article.assistant")).to_be_visible()
    assert chat.received[0]["text"] == question


def test_a_link_to_an_unknown_topic_opens_nothing(open_page):
    page = open_page(path="?topic=__proto__&lang=fr", chat=False)
    expect(page.locator(".launcher")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_count(0)


def test_on_a_page_of_its_own_the_chat_needs_no_button(open_page):
    page = open_page(path="assistant.html?lang=nl", chat=False)
    expect(ask(page, "Dag")).to_be_visible()
    assert page.locator(".launcher, #close").count() == 0
    assert page.locator("#app").bounding_box() == {"x": 0, "y": 0, "width": 1000, "height": 800}


def test_the_site_may_choose_language_theme_and_colours(page):
    page.evaluate(
        "() => { const e = document.querySelector('city-assistant'); e.lang = 'nl'; e.setAttribute('theme', 'dark');"
        " e.style.setProperty('--city-accent', 'rgb(1, 200, 3)') }"
    )
    expect(page.locator("#title")).to_have_text("Assistent van Brussel")
    assert page.locator("#send").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(1, 200, 3)"
    assert page.locator(".top").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(27, 33, 41)"


def test_the_site_s_styles_do_not_reach_into_the_chat(page):
    before = page.locator("#send").evaluate("e => getComputedStyle(e).cssText || getComputedStyle(e).color")
    page.evaluate(
        "() => { const s = new CSSStyleSheet(); document.adoptedStyleSheets = [s];"
        " s.replaceSync('* { color: red !important; font-family: fantasy; letter-spacing: 1em; line-height: 9 }') }"
    )
    assert page.locator("#send").evaluate("e => getComputedStyle(e).cssText || getComputedStyle(e).color") == before
    assert page.locator(".lead").evaluate("e => getComputedStyle(e).letterSpacing") == "normal"


def test_two_scripts_on_a_page_do_no_harm(page):
    page.evaluate(
        "() => new Promise(done => { const s = document.createElement('script');"
        " s.src = 'widget/city-assistant.js'; s.onload = done; document.head.append(s) })"
    )
    expect(ask(page, "Bonjour")).to_be_visible()


def test_an_element_that_leaves_the_page_stops_listening_and_may_come_back(page, chat):
    ask(page, "Bonjour")
    page.evaluate("() => { const e = document.querySelector('city-assistant'); e.remove(); document.body.append(e) }")
    expect(page.locator("article.assistant")).to_have_count(1)
    ask(page, "Encore")
    assert len(chat.opened) == 1


def test_a_script_of_the_site_opens_and_closes_it(open_page):
    page = open_page(chat=False)
    page.evaluate("document.querySelector('city-assistant').open({ topic: 'permits' })")
    expect(page.get_by_role("heading", name="Sur les permis")).to_be_visible()
    page.evaluate("document.querySelector('city-assistant').close()")
    expect(page.get_by_role("button", name="Poser une question")).to_be_visible()


def test_opening_it_a_second_time_goes_on_where_it_was(page):
    ask(page, "Bonjour")
    page.get_by_role("button", name="Fermer le chat").click()
    open_chat(page)
    expect(page.locator("article.assistant")).to_have_count(1)


@pytest.mark.parametrize("width", [1600, 1280])
def test_on_a_large_screen_the_demonstration_page_stands_beside_the_open_panel(open_page, width):
    page = open_page(viewport={"width": width, "height": 900}, chat=False)
    middle = "e => { const b = e.getBoundingClientRect(); return (b.left + b.right) / 2 }"
    assert page.locator(".hero .wide:visible").evaluate(middle) == pytest.approx(width / 2, abs=10)
    open_chat(page)
    edge = page.locator(".panel").evaluate("e => e.getBoundingClientRect().left")
    for part in page.locator(":is(.topics a, .news li, .banner li a, footer a):visible").all():
        assert part.evaluate("e => e.getBoundingClientRect().right") <= edge
    page.get_by_role("button", name="Fermer le chat").click()
    expect(page.locator("city-assistant")).not_to_have_attribute("open", "")
    assert page.locator(".hero .wide:visible").evaluate(middle) == pytest.approx(width / 2, abs=10)
