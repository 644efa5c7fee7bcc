"""What a place is for in a question about departures: where the resident waits, or where the ride goes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.components.cues import Cues
from bot.components.folding import folded
from bot.components.mentions import PLACES, Mention

#: A stop serves a question better than a street, a street better than a part of town.
_PREFERENCE: Final = ("stop", "street", "address", "landmark", "locality", "commune")


class Ride(NamedTuple):
    """The places of a ride; either may be missing."""

    stop: Mention | None
    direction: Mention | None


class RideRoles:
    """Reads from the words before each place ("vers", "vanaf", "from") which end of the ride it is."""

    def __init__(self, cues: Cues) -> None:
        filler = rf"(?:[ '-]*{cues.pattern('filler')}(?![a-z0-9]))*[ '-]*$"
        edge = r"(?<![a-z0-9])"
        self._towards = self._ahead(cues, cues.pattern("towards"))
        #: "Le 71 pour Delta" says where the ride goes; in an answer, "pour la rue Haute" says nothing of the kind.
        self._bound = self._ahead(cues, cues.pattern("towards", "bound_for"))
        self._from = re.compile(rf"{edge}{cues.pattern('from', 'at')}(?![a-z0-9]){filler}")
        self._to = re.compile(rf"{edge}{cues.pattern('to')}(?![a-z0-9]){filler}")

    def marked(self, text: str, mentions: Sequence[Mention]) -> Mention | None:
        """Return the direction that its own words mark, as in "vers Delta"."""
        places = _usable([each for each in mentions if PLACES.intersection(each["kinds"])])
        heads = [place for place in places if self._is(self._towards, text, place)]
        return heads[-1] if heads else None

    def of(self, text: str, mentions: Sequence[Mention]) -> Ride:
        """Return which place is the stop and which the direction."""
        places = _usable([each for each in mentions if PLACES.intersection(each["kinds"])])
        heads = [place for place in places if self._is(self._bound, text, place)]
        direction = heads[-1] if heads else None
        rest = [place for place in places if place is not direction]
        if direction is None and len(rest) > 1:
            direction = self._second_end(text, rest)
            rest = [place for place in rest if place is not direction]
        # "halte Foobar richting Merode": the direction is certain, and the stop is what is left.
        doubtful = [place for place in mentions if not place["strong"] and PLACES.intersection(place["kinds"])]
        return Ride(_best(rest or [place for place in doubtful if place not in places]), direction)

    def _second_end(self, text: str, places: Sequence[Mention]) -> Mention | None:
        # "de Flagey à Montgomery"; "Flagey Montgomery" names where from and where to, in this order.
        marked = [place for place in places[1:] if self._is(self._to, text, place)]
        stops = [place for place in places[1:] if "stop" in place["kinds"] and place["strong"]]
        return next(iter(marked or stops), None)

    @staticmethod
    def _ahead(cues: Cues, cue: str) -> re.Pattern[str]:
        filler = rf"(?:[ '-]*{cues.pattern('filler')}(?![a-z0-9]))*[ '-]*$"
        return re.compile(rf"(?<![a-z0-9]){cue}(?![a-z0-9])[ :]*(?:{cues.pattern('stop_word')})?{filler}")

    @staticmethod
    def _is(cue: re.Pattern[str], text: str, place: Mention) -> bool:
        sentence = folded(text)
        return cue.search(sentence.text[: sentence.position(place["start"])]) is not None


def _usable(places: Sequence[Mention]) -> list[Mention]:
    strong = [place for place in places if place["strong"]]
    return strong or list(places)


def _best(places: Sequence[Mention]) -> Mention | None:
    def rank(place: Mention) -> int:
        return min(_PREFERENCE.index(kind) for kind in place["kinds"] if kind in _PREFERENCE)

    return min(places, key=rank, default=None)
