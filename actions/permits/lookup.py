"""Procedures in the language of the conversation, or in both official ones while it is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from actions.answers import merged
from actions.city.models import Procedure
from actions.city.port import City
from kit.languages import Language
from kit.replies import Part

#: A procedure in each language that it was asked for in, at least one.
Localised = Mapping[Language, Procedure]


@dataclass(frozen=True)
class Named:
    """A procedure as a choice."""

    id: str
    label: Part


async def procedures(city: City, query: str | None, languages: Sequence[Language]) -> list[Named]:
    """Return the procedures that a text names, best first, or all of them."""
    names: dict[str, dict[str, str]] = {}
    for each in languages:
        for found in await city.procedures(query, each):
            names.setdefault(found.id, {})[each] = found.name
    return [Named(procedure_id, merged(by_language)) for procedure_id, by_language in names.items()]


async def procedure(
    city: City,
    procedure_id: str,
    commune: str | None,
    languages: Sequence[Language],
    *,
    variant: str | None = None,
    day: date | None = None,
) -> Localised:
    """Return one procedure; raises CityProblemError."""
    return {
        each: await city.procedure(procedure_id, commune=commune, language=each, variant=variant, day=day)
        for each in languages
    }
