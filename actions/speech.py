"""Saying: reply ids with typed parameters, choices with their payloads, cards and the source of the facts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from actions.city.models import Answer, Name, Place
from kit.replies import Part, Value, choice, day, name, text
from kit.wire import INFORM_INTENT, REPLY_CARDS, REPLY_OPTIONS, REPLY_PARAMS, REPLY_SOURCE, REPLY_TASKS

#: The parameter that holds words of a resident.
_HEARD: Final = "query"
#: What makes markup, links and templates.
_MARKUP: Final = re.compile(r"://|[<>{}\[\]()*_`|$%\\#]")


def said_back(params: Mapping[str, Value]) -> dict[str, Value]:
    """Return a reply's parameters; a resident's words among them lose what some channel could take for markup."""
    words = params.get(_HEARD)
    if not isinstance(words, str):
        return dict(params)
    return {**params, _HEARD: " ".join(_MARKUP.sub(" ", words).split()) or "…"}


def say(
    dispatcher: CollectingDispatcher,
    reply_id: str,
    *,
    options: Sequence[Part] = (),
    cards: Sequence[dict[str, Any]] = (),
    source: dict[str, Any] | None = None,
    tasks: Sequence[Part] = (),
    **params: Value,
) -> None:
    """Say a reply; its words are in ``data/responses``. ``tasks`` are for the gateway (``kit.tasks``)."""
    message: dict[str, Any] = {REPLY_PARAMS: said_back(params)}
    if options:
        message[REPLY_OPTIONS] = list(options)
    if cards:
        message[REPLY_CARDS] = list(cards)
    if source:
        message[REPLY_SOURCE] = source
    if tasks:
        message[REPLY_TASKS] = list(tasks)
    dispatcher.utter_message(response=reply_id, **message)


def source_of(answer: Answer, url: str | None = None) -> dict[str, Any]:
    """Return the source to state for an answer of the façade."""
    return {
        "name": answer.source.name,
        "url": url or answer.source.url,
        "as_of": answer.as_of.isoformat(),
        "realtime": answer.realtime,
        "sample": answer.source.sample,
    }


def payload(intent: str, **facts: str) -> str:
    """Return what choosing means to Rasa: ``/intent{"entity": "value"}``."""
    return f"/{intent}" + (json.dumps(facts, ensure_ascii=False) if facts else "")


def inform(label: Value, **facts: str) -> Part:
    """Return a choice that gives a fact."""
    return choice(label, payload(INFORM_INTENT, **facts))


def ask(label_id: str, intent: str, **facts: str) -> Part:
    """Return a choice that asks a question."""
    return choice(text(label_id), payload(intent, **facts))


def named(value: Name) -> Part:
    """Return a bilingual name of the façade."""
    return name(value.fr, value.nl)


def place_label(place: Place, *, with_commune: bool = False) -> Part:
    """Return how a place is called: with its house number, and with its commune where names repeat."""
    label: Part = named(place.name)
    if place.house_number:
        label = text("place_address", street=label, number=place.house_number)
    if with_commune and place.commune is not None and place.kind != "commune":
        label = text("place_in_commune", place=label, commune=named(place.commune.name))
    return label


def on_day(value: date, today: date) -> Part:
    """Return a day as a sentence says when: "demain mardi 24 novembre", but "le jeudi 26 novembre"."""
    return day(value) if 0 <= (value - today).days <= 1 else text("on_day", day=day(value))
