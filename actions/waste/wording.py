"""The sentences about collections: when to put out first, the day of collection always beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from actions.answers import merged
from actions.city.models import Collections
from actions.speech import on_day, place_label
from actions.waste.rounds import EVENING_HOUR, FRACTIONS, Asked, Round, of_days
from kit.replies import Part, clock_time, day, listing, text

#: Most further rounds that an answer lists.
MAX_FURTHER: Final = 4


def sentences(asked: Asked, found: Sequence[Round], now: datetime, window_days: int, contact: str) -> list[Part]:
    """Return what there is to say about the rounds found: what is over, then the next moment to put something out."""
    wanted = of_fraction(found, asked.fraction)
    open_ones = [each for each in wanted if each.until > now]
    over = [each for each in wanted if each.until <= now and each.collected >= now.date()]
    if not open_ones:
        return [_too_late(each, now.date()) for each in over[:1]] + [_nothing(asked, window_days, contact)]
    asked_for = of_days(open_ones, asked)
    too_late = [each for each in of_days(over, asked) if asked.fraction or asked.days]
    said: list[Part] = []
    if not asked_for and not too_late:
        said.append(_nothing_then(asked, now.date()))
    told = asked_for[:2] if asked.days and asked_for else open_ones[:1]
    said += [_too_late(each, now.date()) for each in too_late[:1]]
    said += [_put_out(each, now.date()) for each in told]
    said += [_also(others) for each in told[:1] if (others := _beside(each, found))]
    said += [text("collections_same_evening") for each in told if each.same_evening][:1]
    said += [_moved(each, now.date()) for each in told if each.moved_from][:1]
    further = [each for each in open_ones if each not in told and each.opens > told[-1].opens][:MAX_FURTHER]
    if further:
        lines = listing([_line(each, now.date()) for each in further])
        said.append(text("collections_then", lines=lines))
    return said


def of_fraction(found: Sequence[Round], fraction: str | None) -> list[Round]:
    """Return the rounds of one bag, without the other bags that go out with it; all of them where none was meant."""
    if fraction is None:
        return list(found)
    return [replace(each, fractions=(fraction,)) for each in found if fraction in each.fractions]


def card(found: Sequence[Round]) -> dict[str, Any]:
    """Return the rounds as a card, one row a bag."""
    return {
        "type": "collections",
        "rows": [
            {
                "fraction": fraction,
                "collection_date": each.collected.isoformat(),
                "put_out_from": each.opens.isoformat(),
                "put_out_until": each.until.isoformat(),
                "moved_from": each.moved_from.isoformat() if each.moved_from else None,
            }
            for each in found
            for fraction in each.fractions
        ],
    }


def address(collections: Collections) -> Part:
    """Return the line that says for which address the answer holds."""
    return text("collections_address", place=place_label(collections.place, with_commune=True))


def _bags(fractions: Sequence[str]) -> Part:
    return text("bags", colours=listing([text(FRACTIONS[fraction]) for fraction in fractions], "and"))


def _beside(told: Round, found: Sequence[Round]) -> list[str]:
    """Return the bags that go out at the same time and are collected the same day as the one told of."""
    return [
        fraction
        for each in found
        if (each.opens, each.until, each.collected) == (told.opens, told.until, told.collected)
        for fraction in each.fractions
        if fraction not in told.fractions
    ]


def _also(fractions: Sequence[str]) -> Part:
    return text("collections_also", bags=_bags(fractions))


def _put_out(each: Round, today: date) -> Part:
    params: dict[str, Any] = {
        "bags": _bags(each.fractions),
        "opens": clock_time(each.opens),
        "until": clock_time(each.until),
        "collected": on_day(each.collected, today),
        "count": len(each.fractions),
    }
    if each.put_out == today and each.opens.hour >= EVENING_HOUR:
        return text("collections_tonight", **params)
    return text("collections_next", put_out=on_day(each.put_out, today), **params)


def _too_late(each: Round, today: date) -> Part:
    return text(
        "collections_over",
        bags=_bags(each.fractions),
        put_out=on_day(each.put_out, today),
        until=clock_time(each.until),
        collected=on_day(each.collected, today),
        count=len(each.fractions),
    )


def _line(each: Round, today: date) -> Part:
    return text(
        "collections_line",
        bags=_bags(each.fractions),
        put_out=on_day(each.put_out, today),
        collected=on_day(each.collected, today),
    )


def _moved(each: Round, today: date) -> Part:
    assert each.moved_from is not None  # noqa: S101 - asked only of rounds that were moved
    days = {"moved_from": on_day(each.moved_from, today), "collected": on_day(each.collected, today)}
    if each.holiday:
        return text("collections_moved", holiday=merged(each.holiday), **days)
    return text("collections_moved_plain", **days)


def _nothing(asked: Asked, window_days: int, contact: str) -> Part:
    if asked.fraction:
        bags = _bags([asked.fraction])
        return text("collections_none_fraction", bags=bags, days=window_days, contact=text(contact))
    return text("collections_none", days=window_days, contact=text(contact))


def _nothing_then(asked: Asked, today: date) -> Part:
    days = asked.days
    if days is None:
        raise ValueError("nothing can only be missing on days that were asked about")
    if days.single and asked.fraction:
        return text("collections_not_then", bags=_bags([asked.fraction]), when=on_day(days.first, today))
    if days.single:
        return text("collections_none_then", when=on_day(days.first, today))
    first, last = day(days.first, "short"), day(days.last, "short")
    if asked.fraction:
        return text("collections_not_in_span", bags=_bags([asked.fraction]), first=first, last=last)
    return text("collections_none_in_span", first=first, last=last)
