"""Which ends of a trip a message gives, and what they change in the question before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from actions.city.journeys import SpottedPlace
from actions.city.port import City
from actions.cues import labels_in
from actions.subjects import CONTINUES, WORDS, Asked
from actions.transport.direction import REVERSE
from actions.transport.trip_ends import ENDS, KINDS, SUBJECT, End, ends_in, listed
from actions.turn import Turn
from kit.text import fold

#: What else a question for a trip says.
CUES: Final = Path(__file__).with_name("trip_cues.yml")
#: Among the facts: the end that was said last, which a correction ("no, I meant Delta") is about.
LAST: Final = "last_end"

#: Among the facts: whether the time is that of the arrival.
ARRIVE: Final = "arrive_by"

#: Entities that name places, whatever the places are for.
_PLACES: Final = (*ENDS, "stop", "address", "direction", "commune")


async def take_ends(city: City, turn: Turn, asked: Asked, wanted: str | None) -> None:
    """Put the ends that the message names among the facts; ``wanted`` is the end that was asked for."""
    before = turn.memory("shown") if turn.slot("last_question") == SUBJECT else {}
    only_commune = turn.entity_names() == {"commune"} and wanted in before
    back = _goes_back(turn, before) and wanted is None
    for name in (*_PLACES[2:], WORDS):
        if name != "commune" or not only_commune:
            asked.pop(name, None)
    if only_commune or turn.intent not in {*CONTINUES, SUBJECT}:
        return
    if not turn.text:
        _take_location(turn, asked, wanted)
        return
    _leave_out_written(turn, asked, before if wanted or turn.intent != SUBJECT else {})
    understood: dict[int, End] = {start: name for name in ENDS for start, _, _ in turn.spans((name,))}
    places = await _places(city, turn)
    if back and not places:
        _turn_round(turn, asked, before)
        return
    ends = ends_in(turn.text, places, understood)
    named = {name: value for name, value in (("origin", ends.origin), ("destination", ends.destination)) if value}
    if len(named) == 1 and (wanted == "origin" or (wanted and _is_bare(turn.text, places[0]))):
        named = {wanted: next(iter(named.values()))}  # "à Flagey" says where one is, "de Kerkstraat" where one goes
    elif ends.either:
        named[wanted or asked.get(LAST, "destination")] = ends.either
    if len(named) == 1:
        asked[LAST] = next(iter(named))
    if turn.intent == SUBJECT and wanted is None and _goes_on(turn, named):
        asked.update({name: str(value) for name, value in before.items() if name not in asked})
    if wanted and named and asked.get(wanted) == turn.text:
        del asked[wanted]  # its words are no name, since there is a name among them
    asked.update(named)


def _leave_out_written(turn: Turn, asked: Asked, before: Mapping[str, object]) -> None:
    """Leave out the ends as the message writes them; they come back by their ids where these are clear."""
    for name in ENDS:
        if name in turn.facts():
            del asked[name]
            if name in before:
                asked[name] = str(before[name])


def _turn_round(turn: Turn, asked: Asked, before: Mapping[str, object]) -> None:
    """Take the trip before the other way round, at the message's own time; else on its day, or now."""
    for name in {ARRIVE, *outdated(asked)} - turn.facts().keys():
        asked.pop(name, None)
    asked.update(origin=str(before["destination"]), destination=str(before["origin"]))


def outdated(asked: Asked) -> frozenset[str]:
    """Return which facts the way back leaves out: a time of today, since one is there only later."""
    return frozenset() if "date" in asked else frozenset({"time"})


def _goes_back(turn: Turn, before: Mapping[str, object]) -> bool:
    """Tell whether a message asks for the way back of the trip before."""
    said = turn.entity("direction") == REVERSE or "way_back" in labels_in(turn.text, CUES)
    return said and before.keys() >= set(ENDS)


def _is_bare(written: str, place: SpottedPlace) -> bool:
    """Tell whether nothing but articles stands before a place."""
    return listed("filler").issuperset(fold(written[: place.start]).split())


def _take_location(turn: Turn, asked: Asked, wanted: str | None) -> None:
    """Take where the resident is, which a shared location gives as an address and the stop that is nearest to it."""
    facts = turn.facts()
    here = facts.get("address") or facts.get("stop") or facts.get("commune")
    if here and not facts.keys() & set(ENDS):
        asked[wanted or ("destination" if turn.intent == SUBJECT else "origin")] = here


def _goes_on(turn: Turn, named: Mapping[str, str]) -> bool:
    """Tell whether a question changes the one before ("and from Flagey?") and is none of its own."""
    said = fold(turn.text).split()
    changes = not listed("again").isdisjoint(said[:1]) or not listed("instead").isdisjoint(said)
    return "destination" not in named or changes


async def _places(city: City, turn: Turn) -> list[SpottedPlace]:
    """Return the places of the message: those that the façade finds, and others that were understood as places."""
    found = await city.spot(turn.text, KINDS)
    for start, end, value in turn.spans(_PLACES):
        if value != REVERSE and not any(start < each.end and each.start < end for each in found):
            found.append(SpottedPlace(start=start, end=end, text=value, matches=()))
    return sorted(found, key=lambda each: each.start)
