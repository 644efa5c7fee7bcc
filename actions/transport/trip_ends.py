"""Reads from a text where a trip begins and where it ends: the places in it, and the words before each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

import yaml

from actions.city.journeys import SpottedPlace
from actions.city.port import City
from actions.subjects import CONTINUES, WORDS, Asked
from actions.turn import Turn
from kit.text import fold

SUBJECT: Final = "transport_plan_trip"
#: Kinds of places that a trip goes between; of a name of several kinds the first is meant.
KINDS: Final = ("stop", "landmark", "address", "street", "locality", "commune", "point")

End = Literal["origin", "destination"]

_FILE: Final = Path(__file__).with_name("trip_ends.yml")
_BY_CUE: Final[dict[str, End]] = {"from": "origin", "to": "destination"}
#: Entities that name places, whatever the places are for.
_ENDS: Final[tuple[End, End]] = ("origin", "destination")
_PLACES: Final = (*_ENDS, "stop", "address", "direction", "commune")
#: Words before a place that are looked at.
_BEFORE: Final = 8


@dataclass(frozen=True)
class Ends:
    """What a text says of a trip's ends, as it is written there or by an id, and a place that may be either."""

    origin: str | None = None
    destination: str | None = None
    either: str | None = None


async def take_ends(city: City, turn: Turn, asked: Asked, wanted: str | None) -> None:
    """Put the ends that the message names among the facts; ``wanted`` is the end that was asked for."""
    before = turn.memory("shown") if turn.slot("last_question") == SUBJECT else {}
    only_commune = turn.entity_names() == {"commune"} and wanted in before
    for name in (*_PLACES[2:], WORDS):
        if name != "commune" or not only_commune:
            asked.pop(name, None)
    if only_commune or turn.intent not in {*CONTINUES, SUBJECT}:
        return
    if not turn.text:
        _take_location(turn, asked, wanted)
        return
    for name in _ENDS:
        if name in turn.facts():  # as it is written; it comes back below, by its id where that is clear
            asked.pop(name, None)
    understood: dict[int, End] = {start: name for name in _ENDS for start, _, _ in turn.spans((name,))}
    ends = ends_in(turn.text, await _places(city, turn), understood)
    named = {name: value for name, value in (("origin", ends.origin), ("destination", ends.destination)) if value}
    if len(named) == 1 and wanted == "origin":  # "à Flagey" says where one is
        named = {wanted: next(iter(named.values()))}
    elif ends.either:
        named[wanted or "destination"] = ends.either
    if turn.intent == SUBJECT and wanted is None and _goes_on(turn, named):
        asked.update({name: str(value) for name, value in before.items() if name not in asked})
    if wanted and named and asked.get(wanted) == turn.text:
        del asked[wanted]  # its words are no name, since there is a name among them
    asked.update(named)


def _take_location(turn: Turn, asked: Asked, wanted: str | None) -> None:
    """Take where the resident is, which a shared location gives as an address and the stop that is nearest to it."""
    facts = turn.facts()
    here = facts.get("address") or facts.get("stop") or facts.get("commune")
    if here and not facts.keys() & set(_ENDS):
        asked[wanted or "origin"] = here


def _goes_on(turn: Turn, named: Mapping[str, str]) -> bool:
    """Tell whether a question changes the one before ("and from Flagey?") and is none of its own."""
    return "destination" not in named or fold(turn.text).split()[0] in _words("again")


async def _places(city: City, turn: Turn) -> list[SpottedPlace]:
    """Return the places of the message: those that the façade finds, and others that were understood as places."""
    found = await city.spot(turn.text, KINDS)
    for start, end, value in turn.spans(_PLACES):
        if not any(start < each.end and each.start < end for each in found):
            found.append(SpottedPlace(start=start, end=end, text=value, matches=()))
    return sorted(found, key=lambda each: each.start)


def ends_in(written: str, places: Sequence[SpottedPlace], understood: Mapping[int, End]) -> Ends:
    """Return the ends of the trip, those that were understood already by where they stand; the others by their words.

    Of two places without such words the first is where it begins.
    """
    found: dict[End, str] = {}
    loose: list[str] = []
    start = 0
    for place in places:
        known = (end for at, end in understood.items() if place.start <= at < place.end)
        end = next(known, None) or _end_before(written[start : place.start])
        value = meant(place, KINDS)
        if end and end not in found:
            found[end] = value
        elif end == "destination" and "origin" not in found:  # "à l'ULB, je dois aller à Rogier"
            found["origin"], found["destination"] = found["destination"], value
        else:
            loose.append(value)
        start = place.end
    missing: list[End] = [end for end in _ENDS if end not in found]
    if len(loose) >= len(missing) and (found or len(loose) > 1):
        found.update(zip(missing, loose, strict=False))
        loose = []
    return Ends(found.get("origin"), found.get("destination"), loose[0] if loose else None)


def meant(place: SpottedPlace, kinds: Sequence[str]) -> str:
    """Return the id of the one place that it must be, else what is written, to be searched and asked about."""
    exact = [match for match in place.matches if match.exact and match.kind in kinds]
    first = min((kinds.index(match.kind) for match in exact), default=0)
    best = [match for match in exact if match.kind == kinds[first]]
    return best[0].id if len(best) == 1 else place.text


def _end_before(before: str) -> End | None:
    """Return which end a place is by the words before it, the articles and the like taken away one by one."""
    words, found = fold(before).split()[-_BEFORE:], None
    while words:
        found = _end_by_last_words(words) or found
        if words[-1] not in _words("filler"):
            break
        words.pop()
    return found


def _end_by_last_words(words: Sequence[str]) -> End | None:
    for length in range(min(4, len(words)), 0, -1):
        said = " ".join(words[-length:])
        for cue, end in _BY_CUE.items():
            if said in _words(cue):
                return end
    return None


@cache
def _words(label: str) -> frozenset[str]:
    return frozenset(yaml.safe_load(_FILE.read_text(encoding="utf-8"))[label])
