"""The sentences about tickets and passes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from actions.answers import merged, together
from actions.city.mobility_models import Fare
from actions.speech import payload
from kit.languages import Language
from kit.replies import Part, amount, choice, day, listing, text

SUBJECT: Final = "transport_fares"

#: All tickets by their ids, in each language that they were asked for in.
Localised = dict[Language, dict[str, Fare]]

#: Other tickets told of after the one that fits best, and choices in all.
_MOST_OTHERS: Final = 3
_MOST_CHOICES: Final = 5


def ticket(known: Localised, found: Sequence[str]) -> list[Part]:
    """Return the first ticket in full: price, conditions, where it is sold, since when; then the others' prices."""
    fare = _first(known, found[0])
    parts = [
        _price(known, fare),
        text("fare_fact", fact=_words(known, fare.id, "conditions")),
        text("fare_where_free" if fare.price_eur == 0 else "fare_where", where=_words(known, fare.id, "where")),
    ]
    if fare.price_eur is not None:
        parts.append(_since(fare))
    others = [_line(known, _first(known, each)) for each in found[1 : _MOST_OTHERS + 1]]
    return [*parts, text("fare_others", lines=listing(others))] if others else parts


def overview(known: Localised) -> list[Part]:
    """Return the prices that hold for everyone, and the question which ticket is meant."""
    everyone = [
        each
        for each in next(iter(known.values())).values()
        if each.price_eur and each.from_age is None and each.to_age is None and each.condition == "none"
    ]
    return [
        text("fare_overview", lines=listing([_line(known, each) for each in everyone])),
        _since(everyone[0]),
        text("ask_ticket"),
    ]


def offered(known: Localised, found: Sequence[str] = ()) -> list[Part]:
    """Return choices of tickets: those found, else those that are for some people only."""
    every = next(iter(known.values()))
    special = [each.id for each in every.values() if each.price_eur is None or each.to_age or each.from_age]
    return [
        choice(_words(known, each, "name"), payload(SUBJECT, fare=each)) for each in (found or special)[:_MOST_CHOICES]
    ]


def _price(known: Localised, fare: Fare) -> Part:
    named = _words(known, fare.id, "name")
    if fare.price_eur is None:
        return text("fare_without_price", fare=named)
    return (
        text("fare_free", fare=named)
        if fare.price_eur == 0
        else text("fare_price", fare=named, price=amount(fare.price_eur))
    )


def _line(known: Localised, fare: Fare) -> Part:
    named = _words(known, fare.id, "name")
    if fare.price_eur is None:
        return named
    return text("fare_line", fare=named, price=amount(fare.price_eur))


def _since(fare: Fare) -> Part:
    since = text("fare_since", since=day(fare.valid_from, "date"))
    return (
        together([since, text("fare_may_have_changed", url=str(fare.source_url))]) if fare.may_have_changed else since
    )


def _first(known: Localised, fare_id: str) -> Fare:
    return next(iter(known.values()))[fare_id]


def _words(known: Localised, fare_id: str, field: str) -> Part:
    return merged({each: str(getattr(fares[fare_id], field)) for each, fares in known.items()})
