"""What is on each picture, and how the chat gets there. Words differ by language, so parts are found by their ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.canned import NOW
from tests.browser.conftest import ask
from tests.browser.drawn import drawn_hole
from tests.browser.fake_chat import FakeChat
from tests.browser.test_accessibility import QUESTIONS

#: Which of QUESTIONS brings which card.
_CARDS = (
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
_OPERATOR = {
    "fr": "Bonjour, ici Nadia. Je regarde votre dossier.",
    "nl": "Dag, met Nadia. Ik kijk uw dossier na.",
    "en": "Hello, this is Nadia. I am looking at your file.",
}
_SEEN = {
    "fr": "La photo est ajoutée à votre signalement.",
    "nl": "De foto is bij uw melding gevoegd.",
    "en": "The photo has been added to your report.",
}
_COPY_ASKED = {"fr": "Une copie de mes données", "nl": "Een kopie van mijn gegevens", "en": "A copy of my data"}
_COPY = {
    "fr": "Voici une copie de tout ce qui est gardé de vous.",
    "nl": "Hier is een kopie van alles wat van u bewaard wordt.",
    "en": "Here is a copy of everything that is kept about you.",
}


@dataclass(frozen=True)
class Scene:
    """One state of the chat; ``whole`` shows the screen with its frame, else the conversation alone."""

    name: str
    play: Callable[[Page, FakeChat, str], None]
    whole: bool = False


def _card(name: str) -> Scene:
    at = _CARDS.index(name)

    def play(page: Page, _chat: FakeChat, language: str) -> None:
        ask(page, QUESTIONS[language][at])
        if name == "places":
            _open_map(page)
        page.locator("#log details:not([open])").evaluate_all("all => all.slice(0, 1).forEach(e => { e.open = true })")

    return Scene(name, play)


def _open_map(page: Page) -> None:
    page.locator(".map .plain").click()
    expect(page.locator("img.leaflet-tile-loaded").first).to_be_attached()


def _export(page: Page, chat: FakeChat, language: str) -> None:
    message = {"id": "e", "at": NOW, "author": "assistant", "language": language, "text": _COPY[language]}
    chat.plan.append({"messages": [message | {"cards": [{"type": "export", "formats": ["text", "json", "zip"]}]}]})
    ask(page, _COPY_ASKED[language])


def _photo(page: Page, chat: FakeChat, language: str) -> None:
    chat.plan.append(
        {"messages": [{"id": "p", "at": NOW, "author": "assistant", "language": language, "text": _SEEN[language]}]}
    )
    page.locator("#file").set_input_files({"name": "hole.png", "mimeType": "image/png", "buffer": drawn_hole()})
    expect(page.locator("article.assistant")).to_be_visible()


def _report_with_photo(page: Page, chat: FakeChat, language: str) -> None:
    _photo(page, chat, language)
    report = ask(page, QUESTIONS[language][_CARDS.index("report")])
    expect(report.locator(".report-photos .picture")).to_be_visible()


def _menu(page: Page, _chat: FakeChat, _language: str) -> None:
    page.locator("#menu summary").click()


def _my_data(page: Page, _chat: FakeChat, language: str) -> None:
    ask(page, QUESTIONS[language][-1])
    page.locator("#menu summary").click()
    page.locator("#mydata").click()
    expect(page.locator("dialog.mydata")).to_be_visible()


def _person(page: Page, chat: FakeChat, language: str) -> None:
    ask(page, QUESTIONS[language][-1])
    said = {"id": "o", "at": NOW, "author": "operator", "language": language, "text": _OPERATOR[language]}
    chat.push({"messages": [said], "language": language, "state": "operator"})
    expect(page.locator("article.operator")).to_be_visible()


def _offline(page: Page, _chat: FakeChat, language: str) -> None:
    ask(page, QUESTIONS[language][-1])
    page.context.set_offline(True)
    page.get_by_role("textbox").fill(QUESTIONS[language][0])
    page.get_by_role("textbox").press("Enter")
    expect(page.locator(".failure")).to_be_visible()


def _nothing(page: Page, _chat: FakeChat, _language: str) -> None:
    expect(page.locator("#welcome h3")).to_be_visible()


SCENES = (
    Scene("welcome", _nothing, whole=True),
    *(_card(name) for name in _CARDS),
    Scene("photo", _photo),
    Scene("report-photo", _report_with_photo),
    Scene("export", _export),
    Scene("menu", _menu, whole=True),
    Scene("my-data", _my_data, whole=True),
    Scene("person", _person, whole=True),
    Scene("offline", _offline, whole=True),
)
