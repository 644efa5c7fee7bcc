"""What an action says, before it has a language: a reply id with typed parameters, choices, cards and a source.

Actions build these values; the Rasa server's NLG (``bot/nlg``) renders them from ``data/responses/<lang>/``. Nothing
here holds a word that a resident reads. Every value is JSON: a dict with the key ``"t"`` is a typed parameter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

Part = dict[str, Any]
Value = str | int | float | Part
ListStyle = Literal["lines", "and", "or", "comma"]
DateStyle = Literal["full", "relative", "date", "short"]


def text(reply_id: str, **params: Value) -> Part:
    """Return a nested reply: the text with that id, rendered in the message's language."""
    return {"t": "reply", "id": reply_id, "params": params}


def name(fr: str, nl: str, en: str | None = None) -> Part:
    """Return a name that exists in the Region's languages; in English both are given where they differ."""
    return {"t": "name", "fr": fr, "nl": nl, "en": en}


def quotation(texts: Mapping[str, str]) -> Part:
    """Return a text as it was written, in the languages that it exists in; others read in which one it is."""
    return {"t": "quotation", "texts": dict(texts)}


def day(value: date, style: DateStyle = "relative") -> Part:
    """Return a day: ``relative`` "demain mardi 24 novembre", ``full`` "mardi 24 novembre 2026", ``date`` "24 novembre
    2026", ``short`` "24/11"."""
    return {"t": "date", "v": value.isoformat(), "style": style}


def clock_time(value: datetime) -> Part:
    """Return a time of day in Brussels: "18 h 05", "18.05 uur", "18:05"."""
    return {"t": "time", "v": value.isoformat()}


def amount(value: float, currency: str = "EUR") -> Part:
    """Return an amount of money."""
    return {"t": "money", "v": value, "currency": currency}


def listing(items: Sequence[Value], style: ListStyle = "lines") -> Part:
    """Return several values, one a line or joined as a sentence's list ("a, b et c")."""
    return {"t": "list", "items": list(items), "style": style}


def choice(label: Value, payload: str) -> Part:
    """Return a choice: what the resident reads, and the ``/intent{...}`` that choosing it means to Rasa."""
    return {"label": label, "payload": payload}
