"""Reads from a text where a trip begins and where it ends: the places in it, and the words before each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

import yaml

from actions.city.journeys import SpottedPlace
from kit.text import fold

SUBJECT: Final = "transport_plan_trip"
#: Kinds of places that a trip goes between; of a name of several kinds the first is meant.
KINDS: Final = ("stop", "landmark", "address", "street", "locality", "commune", "point")

End = Literal["origin", "destination"]

_FILE: Final = Path(__file__).with_name("trip_ends.yml")
_BY_CUE: Final[dict[str, End]] = {"from": "origin", "to": "destination"}
ENDS: Final[tuple[End, End]] = ("origin", "destination")
#: Words before a place that are looked at.
_BEFORE: Final = 8


@dataclass(frozen=True)
class Ends:
    """What a text says of a trip's ends, as it is written there or by an id, and a place that may be either."""

    origin: str | None = None
    destination: str | None = None
    either: str | None = None


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
    missing: list[End] = [end for end in ENDS if end not in found]
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
        if words[-1] not in listed("filler"):
            break
        words.pop()
    return found


def _end_by_last_words(words: Sequence[str]) -> End | None:
    for length in range(min(4, len(words)), 0, -1):
        said = " ".join(words[-length:])
        for cue, end in _BY_CUE.items():
            if said in listed(cue):
                return end
    return None


@cache
def listed(label: str) -> frozenset[str]:
    """Return the folded words of a list; the file is read once."""
    return frozenset(yaml.safe_load(_FILE.read_text(encoding="utf-8"))[label])
