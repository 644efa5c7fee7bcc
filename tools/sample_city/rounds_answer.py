"""What the calendar service would answer for an address in a zone: its own shape, in French.

The shape and its traps are told in ``data/city/waste/README.md``.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from tools.sample_city.rounds_facts import DAYS, Day, Zone

#: The rounds hold from the first to the last of these years.
YEARS: Final = (2026, 2027)

_WEEKDAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_GREEN_MONTHS: Final = range(3, 12)
_UNTIL: Final = {False: "24:00", True: "20:00"}
_EVENING_MESSAGE: Final = "Collecte en soirée : sortez vos sacs avant 20:00."
_PICTURES: Final = "https://brussels-assistant.example/calendar"


def answer(street_fr: str, name: str, zone: Zone) -> dict[str, Any]:
    """Return the service's answer for a street in a zone."""
    texts = dict.fromkeys(_WEEKDAYS, "")
    for index, day in enumerate(DAYS):
        bags = _bags(zone, day)
        if bags:
            # The key is the day of the round; the text names the evening before.
            texts[_WEEKDAYS[index]] = _text(_WEEKDAYS[index - 1], bags, _UNTIL[zone.evening])
    return {
        "rue": street_fr,
        "desc_ramassage": texts | {"message": _EVENING_MESSAGE if zone.evening else ""},
        "SacsVerts": [day.isoformat() for day in green_dates(zone)],
        "img_ramassage": f"{_PICTURES}/{name}.png",
    }


def green_dates(zone: Zone) -> list[date]:
    """Return the days on which green bags are collected: every other week from March to November."""
    found: list[date] = []
    for year in YEARS:
        day = date(year, 1, 1)
        while day.year == year:
            even = day.isocalendar().week % 2 == 0
            if (
                day.month in _GREEN_MONTHS
                and day.weekday() == DAYS.index(zone.green)
                and even == (zone.weeks == "even")
            ):
                found.append(day)
            day += timedelta(days=1)
    return found


def _bags(zone: Zone, day: Day) -> list[str]:
    bags = ["BLANC"] if day in zone.white else []
    bags += [bag for bag, own in (("BLEU", zone.blue), ("JAUNE", zone.yellow), ("ORANGE", zone.orange)) if own == day]
    return [*bags, "VERT"] if zone.says_green and zone.green == day else bags


def _text(weekday: str, bags: list[str], until: str) -> str:
    *first, last = bags
    listed = f"{', '.join(first)} et {last}" if first else last
    return f"{weekday.capitalize()}, sortez vos sacs {listed} entre 18:00 et {until}"
