"""The schedule of a place: the rounds that come there, with the holidays that move them and the days that are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from services.city.core.errors import AmbiguousError, NotFoundError
from services.city.models.datasets import Dataset
from services.city.models.waste import WastePart
from services.city.places.lookup import Located, lookup
from services.city.places.numbers import span
from services.city.waste import repository
from services.city.waste.calendar import Collection, collections
from services.city.waste.holidays import Holidays
from services.city.waste.parts import Part
from services.city.waste.rounds import FRACTIONS, Fraction, Round


@dataclass(frozen=True)
class Schedule:
    """The rounds at a place."""

    place: Located
    dataset: Dataset
    rounds: tuple[Round, ...]
    holidays: Holidays

    @property
    def fractions(self) -> list[Fraction]:
        """The bags whose rounds are known, in the order in which answers name them."""
        known = {each.fraction for each in self.rounds}
        return [each for each in FRACTIONS if each in known]

    def covered(self, start: date, days: int) -> tuple[date, date]:
        """Return the first and last day of those asked for that the calendar covers; it is never guessed further.

        Raises NotFoundError ``dates_not_covered`` where it covers none of them.
        """
        known_from, known_until = self.dataset.valid_from or date.min, self.dataset.valid_until or date.max
        # Measured from the calendar's end, so that no sum of days leaves the years that a date can have.
        last = known_until if (known_until - start).days < days else start + timedelta(days=days - 1)
        first = max(start, known_from)
        if first > last:
            raise NotFoundError("dates_not_covered", f"The calendar covers {known_from} to {known_until}.")
        return first, last

    def collections(self, first: date, last: date) -> list[Collection]:
        """Return the collections from ``first`` to ``last``, both included, in order of day and then of bag."""
        return collections(self.rounds, self.holidays, first, last)


def schedule_at(session: Session, place_id: str) -> Schedule:
    """Return the schedule of a street or an address.

    Raises NotFoundError ``place_not_found`` and ``no_rounds_for_place``; AmbiguousError ``house_number_needed``.
    """
    place = lookup(session, place_id)
    parts, dataset = repository.parts(session, place.street_id) if place.street_id is not None else ([], None)
    if dataset is None:
        raise NotFoundError("no_rounds_for_place", f"No collection rounds are known for {name_of(place)}.")
    rounds = repository.rounds(session, dataset.id, _calendar(place, parts))
    return Schedule(place, dataset, rounds, repository.holidays(session, dataset.id))


def name_of(place: Located) -> str:
    """Return a street's names, once where both are one."""
    return place.name_fr if place.name_fr == place.name_nl else f"{place.name_fr} - {place.name_nl}"


def _calendar(place: Located, parts: Sequence[WastePart]) -> int:
    """Return the calendar of a house number, or the one that all parts of a street share."""
    if place.house_number is None:
        shared = {part.calendar for part in parts}
        if len(shared) > 1:
            detail = f"The rounds in {name_of(place)} differ by house number."
            raise AmbiguousError("house_number_needed", detail, [_suggestion(part) for part in parts])
        return shared.pop()
    numbers = span(place.house_number)
    for part in parts:
        if numbers is not None and _part(part).holds(numbers[0]):
            return part.calendar
    detail = f"No collection rounds are known for number {place.house_number} in {name_of(place)}."
    raise NotFoundError("no_rounds_for_place", detail, [_suggestion(part) for part in parts])


def _part(part: WastePart) -> Part:
    return Part(part.number_from, part.number_to, part.side)  # type: ignore[arg-type]  # checked by the importer


def _suggestion(part: WastePart) -> dict[str, Any]:
    return {"number_from": part.number_from, "number_to": part.number_to, "side": part.side}
