"""From the facts of a question about the low-emission zone to a vehicle and a day."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from actions.city.mobility_models import LezVehicle
from actions.moments.days import parse_days
from actions.subjects import WORDS, Asked
from kit.languages import Language

#: The facts, in the order in which they are asked for.
VEHICLE: Final = "vehicle"
FUEL: Final = "fuel"
EURO: Final = "euro_norm"
REGISTERED: Final = "first_registered"

#: What a resident chooses who does not know the Euro norm.
UNKNOWN: Final = "unknown"

KINDS: Final = frozenset({"car", "van", "motorcycle", "lorry", "bus"})
FUELS: Final = frozenset({"diesel", "petrol", "lpg", "cng", "electric", "hydrogen"})

_YEAR: Final = re.compile(r"(?<![\d/.-])(?:19[5-9]\d|20[0-4]\d)(?![\d/.-])")
_NORM: Final = re.compile(r"(?<!\d)[0-7](?!\d)")


def read(asked: Asked, today: date) -> None:
    """Put the facts into the façade's words, a year among the words into its fact, and drop what means nothing."""
    for name, known in ((VEHICLE, KINDS), (FUEL, FUELS)):
        if asked.get(name) not in known:
            asked.pop(name, None)
    if EURO in asked:
        norm = _NORM.search(asked[EURO])
        asked[EURO] = norm[0] if norm else UNKNOWN
    for year in _YEAR.findall(f"{asked.pop(WORDS, '')} {asked.pop(REGISTERED, '')} "):
        if int(year) < today.year:
            asked[REGISTERED] = year
        elif int(year) > today.year and "date" not in asked:
            asked["date"] = f"1/1/{year}"


def vehicle(asked: Asked) -> LezVehicle:
    """Return the vehicle; of a year the first day, because the older norm is the safe one to assume."""
    norm, year = asked.get(EURO), asked.get(REGISTERED)
    return LezVehicle(
        kind=asked.get(VEHICLE),
        fuel=asked.get(FUEL),
        euro=int(norm) if norm and norm != UNKNOWN else None,
        first_registered=date(int(year), 1, 1) if year else None,
    )


def day(asked: Asked, today: date, language: Language | None) -> date:
    """Return the day to drive; today where none is named."""
    found = parse_days(asked["date"], today, language) if asked.get("date") else None
    return found.first if found else today
