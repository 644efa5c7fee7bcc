"""Tickets and passes as answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from rapidfuzz import fuzz
from sqlalchemy.orm import Session

from kit.clock import Clock
from kit.languages import Language
from kit.text import fold
from services.city.core.schemas import stated
from services.city.transport import factbook
from services.city.transport.fares.facts import Condition, Fare, Ticket
from services.city.transport.fares.schemas import FareInfo, Fares

TOPIC: Final = "fares"
#: A word of the question and a word of a name are one word from this likeness on.
_ALIKE: Final = 84.0
#: Words of any question about prices; they tell no ticket from another.
_GENERIC: Final = Path(__file__).with_name("generic.yml")
#: What a question has anyway says nothing about which ticket it means.
_SHORTEST_WORD: Final = 3


def fares(
    session: Session,
    clock: Clock,
    language: Language,
    *,
    ticket: Ticket | None,
    age: int | None,
    condition: Condition | None,
    query: str | None,
    limit: int,
    offset: int,
) -> Fares:
    """Return a page of the tickets that fit.

    Of several prices of one ticket the one that holds today; without ``condition``, those that need one are listed
    too, and say so.
    """
    now = clock.now()
    every, in_use = factbook.facts(session, TOPIC, Fare)
    found = [fare for fare in every if fare.holds_on(now.date())]
    if ticket is not None:
        found = [fare for fare in found if fare.ticket == ticket]
    if age is not None:
        found = [fare for fare in found if fare.is_for_age(age)]
    if condition is not None:
        found = [fare for fare in found if fare.condition in ("none", condition)]
    found.sort(key=lambda fare: (_breadth(fare), fare.price_eur is None, fare.price_eur or 0, fare.id))
    if query is not None and fold(query):
        found = _by_words(found, query)
    source, as_of = stated(in_use, now)
    return Fares.cut(
        [_fare(each, language, now.date()) for each in found], limit=limit, offset=offset, source=source, as_of=as_of
    )


def _breadth(fare: Fare) -> int:
    """Return for how many ages a ticket is: what is made for a person comes first."""
    return (120 if fare.to_age is None else fare.to_age) - (fare.from_age or 0)


def _by_words(found: Sequence[Fare], query: str) -> list[Fare]:
    """Return the tickets that have words of the question, most of them first, all else in the order as before.

    A word that few tickets have says more than one that many have.
    """
    written = fold(query[:200]).split()
    asked = [word for word in written if (len(word) >= _SHORTEST_WORD or word.isdigit()) and word not in _generic()]
    words = {fare.id: _words(fare) for fare in found}
    score = dict.fromkeys(words, 0.0)
    for word in asked:
        having = [each for each, known in words.items() if any(word == one or _alike(word, one) for one in known)]
        for each in having:
            score[each] += 1 / len(having)
    best = max(score.values(), default=0)
    return sorted((fare for fare in found if score[fare.id] > best / 3), key=lambda fare: -score[fare.id])


@cache
def _generic() -> frozenset[str]:
    return frozenset(yaml.safe_load(_GENERIC.read_text(encoding="utf-8")))


def _words(fare: Fare) -> set[str]:
    names = (fare.names.fr, fare.names.nl, fare.names.en, *fare.aliases.all)
    return {word for name in names for word in fold(name).split()}


def _alike(word: str, known: str) -> bool:
    return not word.isdigit() and len(known) >= _SHORTEST_WORD and fuzz.ratio(word, known) >= _ALIKE


def _fare(fare: Fare, language: Language, today: date) -> FareInfo:
    return FareInfo(
        id=fare.id,
        ticket=fare.ticket,
        name=fare.names.to(language),
        operators=list(fare.operators),
        price_eur=float(fare.price_eur) if fare.price_eur is not None else None,
        from_age=fare.from_age,
        to_age=fare.to_age,
        condition=fare.condition,
        conditions=fare.conditions.to(language),
        where=fare.where.to(language),
        valid_from=fare.valid_from,
        may_have_changed=fare.may_have_changed(today),
        source_url=fare.source_url,
    )
