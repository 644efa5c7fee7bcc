"""From what a resident wrote to one place, or to the question that settles which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from actions.city.models import Place
from actions.city.port import City
from actions.speech import place_label
from kit.text import fold

Problem = Literal["ambiguous", "misspelt", "not_found", "elsewhere", "number_needed", "number_unknown"]

#: Most choices that one question offers.
MAX_CHOICES: Final = 5

#: A near match is offered from this score on, and taken without a question from the second one on.
OFFER_SCORE: Final = 0.55
TAKE_SCORE: Final = 0.93

#: Kinds of places that say which commune is meant: a commune, or a part of one that has a name of its own.
ADMINISTRATIVE: Final = ("commune", "locality")

_ID: Final = re.compile(r"(?:street|address|stop|commune|locality|landmark|point):\S+")
_PASTED: Final = 60
#: A single word longer than this is a Dutch street's name with its kind of street ("Dansaertstraat").
_COMPOUND: Final = 8


@dataclass(frozen=True)
class Resolution:
    """A place that was found, or what is wrong and the places to choose from."""

    place_id: str | None = None
    place: Place | None = None
    problem: Problem | None = None
    candidates: tuple[Place, ...] = ()
    total: int = 0


def is_place_id(value: str) -> bool:
    """Tell whether a slot holds a place's id, which needs no search."""
    return _ID.fullmatch(value) is not None


async def resolve(
    city: City, query: str, kinds: Sequence[str], *, commune: str | None = None, in_order: bool = False
) -> Resolution:
    """Find the one place that a text names.

    ``commune`` is the commune as the resident wrote it in the same breath; it narrows names that repeat. With
    ``in_order`` a name of several kinds means the first kind of ``kinds``: Flagey is the stop, not the square.
    Raises CityUnavailableError.
    """
    found = await city.search(query, kinds, limit=50)
    narrowed = await _narrow(city, found, commune)
    exact = [place for place in narrowed if place.exact]
    if in_order and exact:
        first = min(kinds.index(place.kind) for place in exact)
        exact = [place for place in exact if place.kind == kinds[first]]
    elsewhere = [place for place in found if place.exact] if not exact else []
    if commune and found and (elsewhere or not narrowed):  # exactly that name elsewhere, or nothing like it there
        near = _offered(elsewhere or found)
        return Resolution(problem="elsewhere" if near else "not_found", candidates=near, total=len(near))
    if len(exact) == 1:
        return Resolution(place_id=exact[0].id, place=exact[0])
    if exact:
        return Resolution(problem="ambiguous", candidates=tuple(exact[:MAX_CHOICES]), total=len(exact))
    offered = _offered(narrowed)
    if not offered:
        return Resolution(problem="not_found")
    clear = len(offered) == 1 or offered[1].score < OFFER_SCORE
    if clear and (offered[0].score >= TAKE_SCORE or _lacks_a_first_name(query, offered[0])):
        return Resolution(place_id=offered[0].id, place=offered[0])
    return Resolution(problem="misspelt", candidates=offered, total=len(offered))


def open_question(slot: str, query: str, resolution: Resolution) -> dict[str, Any]:
    """Return the question to leave open in the slot ``pending``, with its choices.

    A single candidate makes it a yes-or-no question.
    """
    candidates = resolution.candidates
    return {
        "slot": slot,
        "problem": resolution.problem,
        "query": query if len(query) <= _PASTED else "",
        "total": resolution.total,
        "options": [{"id": place.id, "label": place_label(place, with_commune=True)} for place in candidates],
        "yes": candidates[0].id if len(candidates) == 1 else None,
        "label": place_label(candidates[0], with_commune=True) if candidates else None,
    }


def _lacks_a_first_name(query: str, place: Place) -> bool:
    """Tell whether a text is a street's name without what stands in its middle or before it: "rue Dansaert" is the Rue
    Antoine Dansaert, "Dansaertstraat" the Antoine Dansaertstraat."""
    written = [word for word in fold(query).split() if not word[0].isdigit()]
    if place.kind not in {"street", "address"} or not written:
        return False
    for name in (fold(place.name.fr).split(), fold(place.name.nl).split()):
        ends_alike = set(written) <= set(name) and written[-1] == name[-1]
        if ends_alike and (written[0] == name[0] if len(written) > 1 else len(written[0]) > _COMPOUND):
            return True
    return False


def _offered(places: Sequence[Place]) -> tuple[Place, ...]:
    """Return the near matches; where the nearest has the words themselves, none of those that only look like them."""
    near = [place for place in places if place.exact or place.score >= OFFER_SCORE]
    if near and near[0].match == "prefix":
        near = [place for place in near if place.match == "prefix"]
    return tuple(near[:MAX_CHOICES])


async def _narrow(city: City, places: Sequence[Place], commune: str | None) -> list[Place]:
    """Keep the places in a commune; all of them where the text is no commune's name."""
    if not commune or not places:
        return list(places)
    wanted = await commune_slug(city, commune)
    if wanted is None:
        return list(places)
    return [place for place in places if place.commune is not None and place.commune.id == wanted]


async def commune_slug(city: City, written: str) -> str | None:
    """Return the slug of the commune that a text names, itself or a part of it; None where that is not clear."""
    if written.startswith("commune:"):
        return written.removeprefix("commune:")
    resolution = await resolve(city, written, ADMINISTRATIVE)
    return resolution.place.commune.id if resolution.place and resolution.place.commune else None
