"""Hostile text in any field of any card stays text on Telegram: its HTML is whole, its links lead to the web only."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest

from services.telegram.drawing.keyboards import keyboard
from services.telegram.drawing.lines import MOST_UNITS, messages
from services.telegram.drawing.message import lines_of
from services.telegram.drawing.sentences import units
from services.telegram.port import Choice, Message, Source
from services.telegram.texts import Texts
from tests.botapi.server import shown
from tests.browser.canned import answer
from tests.hostile import ADDRESSES, TEXTS, spoilt

SAID = Texts(Path(__file__).resolve().parents[3] / "data" / "telegram")
NOW = datetime.fromisoformat("2026-11-24T18:00:00+01:00")
CARDS = ("departures", "collections", "procedure", "places", "trips", "calendar", "report", "slots", "contact")


@pytest.mark.parametrize("address", [*ADDRESSES, 'https://x.example/"><b>'], ids=lambda each: each[:8])
@pytest.mark.parametrize("topic", CARDS)
@pytest.mark.parametrize("kind", TEXTS)
def test_every_card_is_whole_and_leads_to_the_web_only(kind: str, topic: str, address: str) -> None:
    text = TEXTS[kind]
    cards = tuple(spoilt(card, text, address) for card in answer(topic, "fr")["cards"])
    source = Source(text, address, None, None, False)
    said = Message("m", text, "fr", choices=(Choice("c", text),), cards=cards, source=source)
    parts = messages(lines_of(said, SAID, NOW))
    seen = "".join(shown(part) for part in parts)  # refuses what Telegram refuses
    assert all(0 < units(shown(part)) <= MOST_UNITS for part in parts)
    assert seen.startswith(text.split("\n")[0][:40])
    links = [unescape(each) for part in parts for each in re.findall(r'<a href="([^"]*)">', part)]
    assert all(each.startswith("https://") for each in links)
    assert not re.search(r"<(?!/?(b|i|code|a)\b)", "".join(parts))
    below = keyboard(said, SAID)
    assert below is not None
    assert all(len(str(each.callback_data).encode()) <= 64 for row in below.inline_keyboard for each in row)
