"""What the city's knowledge has on a message that nobody understood: procedures, things to sort, problems to report."""

from __future__ import annotations

import asyncio
from typing import Final

from actions.answers import merged
from actions.city.errors import CityProblemError
from actions.city.port import City
from actions.speech import ask, payload
from kit.languages import OFFICIAL, Language
from kit.replies import Part, choice, text

#: Results offered of each kind, and in all.
_OF_EACH: Final = 2
_MOST: Final = 4
#: A service that fits less well than this is no result.
_LEAST_SCORE: Final = 0.6


async def found(city: City, written: str, language: Language | None) -> list[Part]:
    """Return choices that lead to what may be meant, best first; none where nothing fits.

    Raises CityUnavailableError.
    """
    spoken = language or OFFICIAL[0]
    results = await asyncio.gather(
        _procedures(city, written, spoken), _things(city, written, spoken), _problems(city, written, spoken)
    )
    return [each for result in results for each in result][:_MOST]


async def _procedures(city: City, written: str, language: Language) -> list[Part]:
    pages = await city.procedures(written, language)
    return [choice(each.name, payload("permit_procedure", permit_type=each.id)) for each in pages[:_OF_EACH]]


async def _things(city: City, written: str, language: Language) -> list[Part]:
    try:
        page = await city.sorting(written, language)
    except CityProblemError:
        return []
    return [
        choice(text("result_sorting", item=each.name), payload("waste_sorting", waste_item=each.id))
        for each in page.items[:_OF_EACH]
    ]


async def _problems(city: City, written: str, language: Language) -> list[Part]:
    services = await city.request_services("city_report_problem", language, written)
    fitting = [each for each in services if (each.score or 0) >= _LEAST_SCORE]
    if not fitting:
        return []
    label = text("result_report", problem=merged(fitting[0].names))
    return [choice(label, ask("label_report", "city_report_problem")["payload"])]
