"""What operators do for callers at the desk of the running assistant: from the caller's words to the reference."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import httpx
import pyotp
import pytest
from sqlalchemy import create_engine

from kit.clock import SystemClock
from services.desk.accounts.administration import Administration
from services.desk.accounts.passwords import Passwords
from services.desk.accounts.repository import Accounts
from services.desk.accounts.sessions import Sessions
from services.desk.settings import DeskSettings
from services.gateway.channels.desk_acts import record
from services.gateway.channels.desk_tables import TABLES
from tests.conversations.assistant import Assistant

_PASSWORD = "le tram 81 passe à Flagey"
_REFERENCE = r"BXL-2026-\d{5}"


class Call:
    """A call at the desk; the operator's screen is in French."""

    def __init__(self, client: httpx.Client, page: str) -> None:
        self._client = client
        found = [re.search(pattern, page) for pattern in (r'name="csrf" value="(\w+)"', r'name="tab" value="([\w-]+)"')]
        self._kept = {name: match[1] for name, match in zip(("csrf", "tab"), found, strict=True) if match}
        self._words = self._caller = ""
        self.page = ""
        self.texts: dict[str, str] = {}
        self.choices: dict[str, str] = {}

    def ask(self, words: str) -> Call:
        """Type a caller's words."""
        self._words, self._caller = words, ""
        return self._send("ask")

    def say(self, said: str) -> Call:
        """Type what the caller replies."""
        return self._send("say", said=said)

    def choose(self, label: str) -> Call:
        """Press the choice whose label begins so."""
        payload = next((value for shown, value in self.choices.items() if shown.startswith(label)), None)
        assert payload, f"no {label!r} among {list(self.choices)}"
        return self._send("choose", payload=payload)

    def _send(self, path: str, **fields: str) -> Call:
        sent = {**self._kept, "own": "fr", "caller": self._caller, "words": self._words, **fields}
        answer = self._client.post(f"/desk/helper/{path}", data=sent, headers={"hx-request": "true"})
        assert answer.status_code == 200, answer.text
        self.page, self.texts = answer.text, {}
        for language, text in re.findall(r'<p class="words" lang="(\w+)">(.*?)</p>', answer.text, re.DOTALL):
            self.texts[language] = f"{self.texts.get(language, '')}{unescape(text)}\n"
        buttons = re.findall(r'<button class="choice" name="payload" value="([^"]*)"[^>]*>(.*?)<', answer.text)
        self.choices = {unescape(label): unescape(payload) for payload, label in buttons}
        self._caller = (re.findall(r'name="caller" value="(\w*)"', answer.text) or [""])[-1]
        return self


def _account(assistant: Assistant, login: str) -> None:
    hashed = asyncio.run(Passwords(8).hashed(_PASSWORD))
    administration = Administration(Accounts(TABLES), Sessions(TABLES, DeskSettings()), record)
    given: dict[str, Any] = {"roles": ("operator",), "teams": [], "languages": ["fr", "nl"]}
    engine = create_engine(f"sqlite:///{assistant.conversations}")
    with engine.begin() as connection:
        now = SystemClock().now()
        administration.add(connection, now, "test", login=login, name="Nadia", password=hashed, **given)
    engine.dispose()


def _csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', page)
    return found[1] if found else ""


@pytest.fixture(scope="module")
def desk(assistant: Assistant) -> Iterator[httpx.Client]:
    """A browser that is signed in at the desk."""
    _account(assistant, "nadia")
    options: dict[str, Any] = {"headers": {"Accept-Language": "fr"}, "follow_redirects": True, "trust_env": False}
    with httpx.Client(base_url=assistant.url, timeout=30, **options) as client:
        form = {"csrf": _csrf(client.get("/desk/sign-in").text), "login": "nadia", "password": _PASSWORD}
        page = client.post("/desk/sign-in", data=form).text
        secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
        assert secret
        code = pyotp.TOTP(secret[1].replace(" ", "")).now()
        assert client.post("/desk/code", data={"csrf": _csrf(page), "code": code}).status_code == 200
        yield client


@pytest.fixture
def call(desk: httpx.Client) -> Callable[[], Call]:
    """Give a maker of calls."""
    return lambda: Call(desk, desk.get("/desk/helper").text)


def test_a_report_is_made_for_a_caller_and_its_reference_read_out_in_both_languages(call):
    # Where no other conversation has reported anything, which would be asked about.
    talk = call().ask("er ligt een hoop vuilzakken op de hoek, ik wil dat melden")
    talk.say("Dapperheidsplein 2 in Anderlecht")
    assert "Dapperheidsplein 2 (Anderlecht)" in talk.texts["nl"]
    assert "Place de la Vaillance 2 (Anderlecht)" in talk.texts["fr"]
    assert "Ajouter une photo" not in talk.choices
    talk.choose("Oui, envoyer")
    reference = re.search(_REFERENCE, talk.texts["nl"])
    assert reference
    assert reference[0] in talk.texts["fr"]
    assert "Net Brussel of de gemeente" in talk.texts["nl"]
    assert "Bruxelles-Propreté ou la commune" in talk.texts["fr"]
    assert not any("Suivre" in each for each in talk.choices)
    again = call().ask(f"hoe ver staat het met {reference[0]}?")
    assert reference[0] in again.texts["nl"]


def test_a_missed_collection_is_reported_for_a_caller(call):
    talk = call().ask("mijn witte zak is niet opgehaald in de Blaesstraat 20 in Brussel").choose("le sac blanc")
    talk.choose("Oui, envoyer")
    assert re.search(_REFERENCE, talk.texts["nl"])
    assert "Net Brussel volgt het op" in talk.texts["nl"]
    assert "Bruxelles-Propreté s'en occupe" in talk.texts["fr"]


def test_bulky_waste_is_picked_up_for_a_caller_who_leaves_a_number(call):
    talk = call().ask("I have an old sofa and a fridge, can someone pick it up? Rue Haute 10 Brussels")
    talk.choose("Le jour n'a pas d'importance").say("0470 12 34 56")
    assert "0470 12 34 56" in talk.texts["en"]
    talk.choose("Oui, envoyer")
    assert re.search(_REFERENCE, talk.texts["en"])
    assert re.search(_REFERENCE, talk.texts["fr"])


def test_an_appointment_is_booked_for_a_caller_and_cancelled(call):
    talk = call().ask("afspraak maken bij de dienst stedenbouw van Elsene").choose("Introduire un dossier")
    talk.choose("mardi").say("Jan Peeters").say("jan@example.be")
    assert "Jan Peeters" in talk.texts["nl"]
    talk.choose("Oui, réserver")
    reference = re.search(r"RDV-2026-\w{8}", talk.texts["nl"])
    assert reference
    assert reference[0] in talk.texts["fr"]
    assert not any("rappeler" in each for each in talk.choices)
    talk.choose("Annuler ce rendez-vous").choose("Oui")
    assert "annulé" in talk.texts["fr"]


def test_a_caller_who_wants_a_reminder_gets_the_calendar_that_rings(call):
    talk = call().ask("rappelez-moi la veille de sortir le sac jaune, rue Blaes 20 Bruxelles")
    assert "par téléphone, ce n'est pas possible" in talk.texts["fr"]
    assert re.search(r"/calendar/collections\.ics\?place=address:4012:20\S*fraction=yellow&alarm=0", talk.texts["fr"])
    assert not any("rappel" in each for each in talk.choices)


def test_a_commune_s_pages_are_told_in_each_language(call):
    talk = call().ask("telefoonnummer gemeente Elsene")
    assert "https://www.elsene.be/" in talk.texts["nl"]
    assert "https://www.ixelles.be/" in talk.texts["fr"]
    assert "irisbox.irisnet.be/irisbox/fr/" in talk.texts["fr"]


@pytest.mark.parametrize(
    ("words", "card", "row"),
    [
        ("hoe laat rijdt de 81 aan Flagey", "Départs", r'<span class="tag">81</span>'),
        ("wanneer wordt de gele zak opgehaald in de Blaesstraat 20 in Brussel", "Collectes", "sac jaune"),
        ("hoe geraak ik van Flagey naar het Zuidstation", "Trajets", "Flagey → "),
    ],
    ids=["departures", "collections", "trips"],
)
def test_what_has_rows_is_drawn_beside_the_words(call, words, card, row):
    page = call().ask(words).page
    assert f"<summary>{card}" in page
    assert re.search(row, page.split("<summary>")[1])


def test_a_caller_who_gives_up_sends_nothing(call):
    talk = call().ask("je voudrais signaler un lampadaire cassé rue Blaes 20 à Bruxelles").choose("Laisser tomber")
    assert "Rien n'a été envoyé" in talk.texts["fr"]
