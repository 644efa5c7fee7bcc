"""Where a trip begins and ends: read from the words before each place, of all languages, and from their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from bot.components.cues import Cues
from bot.components.folding import FoldedText, folded
from bot.components.mentions import PLACES, Mention

Role = Literal["from", "to", "at"]

#: Between a place and the commune that it is in: "rue Haute à Bruxelles", "Wetstraat, 1000 Brussel".
_SAME_PLACE: Final = re.compile(r"(?:[ ,(]+(?:a|in|te|at)?[ ]*(?:\d{4})?[ ]*)?")
_COMMA: Final = re.compile(r" ?, ?")
_ARROW: Final = r"(?:-+>|=>|>|→| -+ | / )"
_ARROW_BEFORE: Final = re.compile(rf"{_ARROW} ?$")
_ARROW_AFTER: Final = re.compile(rf" ?{_ARROW}")
_REGION: Final = frozenset({"commune", "locality"})
#: So many words may stand between "à" and "de": "à la maison communale de Forest" goes to Forest.
_WORDS_BETWEEN: Final = 4
#: With no more words, a name that is an ordinary word too names an end: "flagey parc".
_FEW_WORDS: Final = 5


class Trip(NamedTuple):
    """The ends of a trip; either may be missing."""

    origin: Mention | None
    destination: Mention | None


class TripEnds:
    """Reads which place is which end."""

    def __init__(self, cues: Cues) -> None:
        edge, stop = r"(?<![a-z0-9])", r"(?![a-z0-9])"
        between = rf"(?:[ '-]*{cues.pattern('article', 'stop_word')}{stop})*[ '-]*$"
        self._roles: tuple[tuple[Role, re.Pattern[str]], ...] = (
            ("from", re.compile(rf"{edge}{cues.pattern('trip_from')}{stop}{between}")),
            ("to", re.compile(rf"{edge}{cues.pattern('trip_to')}{stop}{between}")),
            ("at", re.compile(rf"{edge}{cues.pattern('trip_at')}{stop}{between}")),
        )
        self._genitive = re.compile(rf"{edge}{cues.pattern('genitive')}{stop}{between}")
        # "pour aller de", "met de tram van": what goes on from there is where it begins.
        begins = rf"(?!{cues.pattern('trip_verb', 'line_word')}(?:[ '-]+[a-z0-9]{{1,2}})?[ '-]*$)"
        words = rf"(?:[ '-]+{begins}[a-z0-9]+){{1,{_WORDS_BETWEEN}}}[ '-]*$"
        self._goes = re.compile(rf"{edge}{cues.pattern('trip_to', 'trip_at')}{stop}{words}")

    def of(self, text: str, mentions: Sequence[Mention]) -> Trip:
        """Return the ends of the trip that is asked for; a single place is where it goes, unless it says otherwise."""
        sentence = folded(text)
        places = self._places(sentence, mentions)
        roles = [self._role(sentence, place, places[:at]) for at, place in enumerate(places)]
        origin = next((place for place, role in zip(places, roles, strict=True) if role == "from"), None)
        destination = next((place for place, role in zip(places, roles, strict=True) if role == "to"), None)
        rest = [place for place in places if place is not origin and place is not destination]
        if origin is None and (destination is not None or len(rest) > 1) and rest:
            origin, rest = rest[0], rest[1:]
        if destination is None and rest:
            destination = rest[0]
        return Trip(origin, destination)

    def marked(self, text: str, mentions: Sequence[Mention]) -> Trip:
        """Return the ends that their own words mark, as in "depuis Flagey", and no others."""
        sentence = folded(text)
        places = self._places(sentence, mentions)
        roles = [self._role(sentence, place, places[:at]) for at, place in enumerate(places)]
        return Trip(
            next((place for place, role in zip(places, roles, strict=True) if role == "from"), None),
            next((place for place, role in zip(places, roles, strict=True) if role == "to"), None),
        )

    def _places(self, sentence: FoldedText, mentions: Sequence[Mention]) -> list[Mention]:
        named = [each for each in mentions if PLACES.intersection(each["kinds"])]
        few = len(sentence.words) <= _FEW_WORDS
        sure = [
            each
            for each in named
            if each["strong"]
            or self._cue(sentence, each) in ("from", "to")
            or (each["source"] == "gazetteer" and (few or _beside_an_arrow(sentence, each)))
        ]
        kept: list[Mention] = []
        for place in sure or named:
            if kept and _within(sentence, place, kept[-1], region_first=True):
                kept[-1] = place
            elif not (kept and _within(sentence, kept[-1], place)):
                kept.append(place)
        return kept

    def _cue(self, sentence: FoldedText, place: Mention) -> Role | None:
        """Return the role that the words before a place give it; of several cues the one that began first counts."""
        before = sentence.text[: sentence.position(place["start"])]
        found = [
            (match.start(), at, role) for at, (role, cue) in enumerate(self._roles) if (match := cue.search(before))
        ]
        return min(found)[2] if found else None

    def _role(self, sentence: FoldedText, place: Mention, earlier: Sequence[Mention]) -> Role | None:
        role = self._cue(sentence, place)
        if role == "from":
            begin = sentence.position(earlier[-1]["end"]) if earlier else 0
            before = sentence.text[begin : sentence.position(place["start"])]
            genitive = self._genitive.search(before)
            marked = self._roles[0][1].search(before)
            plain = genitive is not None and marked is not None and marked.start() == genitive.start()
            if plain and self._goes.search(before[: genitive.start()]):
                return "to"
        return role


def _within(sentence: FoldedText, place: Mention, region: Mention, *, region_first: bool = False) -> bool:
    """Tell whether the region only says where the place is: "rue Haute à Bruxelles", or "à Evere, rue Haute"."""
    first, second = (region, place) if region_first else (place, region)
    gap = sentence.text[sentence.position(first["end"]) : sentence.position(second["start"])]
    only_region = _REGION.issuperset(region["kinds"]) and not _REGION.issuperset(place["kinds"])
    return only_region and (_COMMA if region_first else _SAME_PLACE).fullmatch(gap) is not None


def _beside_an_arrow(sentence: FoldedText, place: Mention) -> bool:
    """Tell whether a sign of a way stands beside a name: "Merode - Gare du Nord"."""
    before = sentence.text[: sentence.position(place["start"])]
    after = sentence.text[sentence.position(place["end"]) :]
    return bool(_ARROW_BEFORE.search(before) or _ARROW_AFTER.match(after))
