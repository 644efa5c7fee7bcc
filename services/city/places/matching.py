"""Which names fit a reading, and how well: from the very name down to a misspelt one.

Scores lie between 0 and 1. Below ``EXACT`` a name was not written as anyone lists it, and a person should confirm it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from services.city.places.index import Known, KnownName, PlaceIndex
from services.city.places.query import Reading
from services.city.places.spelling import Spelling

Match = Literal["exact", "alias", "prefix", "fuzzy"]

EXACT: Final = 1.0
ALIAS: Final = 0.98
#: The same words, but for fillers, their order, or the language of the type of road: "avenue Louiza".
SAME_WORDS: Final = 0.96
#: The name without its type of road: "Louise".
SHORT: Final = 0.94
#: With another type of road: "rue Louise".
OTHER_TYPE: Final = 0.8
#: A part of the name: this, and more the more of it is there.
PART: Final = 0.6
_WHOLE_PART: Final = 0.3
#: Words that say next to nothing: "rue".
HARDLY: Final = 0.5
#: Misspelt names count from this similarity on, and only those nearly as similar as the best.
_ALIKE: Final = 0.64
_MISSPELT: Final = 0.97
_SHORTEST_MISSPELT: Final = 4
_MOST_ALIKE: Final = 40
_SHORTEST_WITHIN: Final = 5


@dataclass(frozen=True, slots=True)
class Fit:
    """A name that fits a reading."""

    name: KnownName
    match: Match
    score: float

    @property
    def place(self) -> Known:
        """The place of the name."""
        return self.name.place


def named(index: PlaceIndex, reading: Reading, kinds: Collection[str]) -> Iterator[Fit]:
    """Yield the names that are written as the reading, abbreviations and spaces aside."""
    if reading.only_postcode:
        yield from (Fit(name, "alias", ALIAS) for name in index.in_postcode(reading.postcode or "", kinds))
    for name in index.by_key(reading.spelling.key, kinds):
        yield Fit(name, "alias", ALIAS) if name.alias else Fit(name, "exact", EXACT)


def shortened(index: PlaceIndex, reading: Reading, kinds: Collection[str]) -> Iterator[Fit]:
    """Yield the names of the same core, and those of which the reading is a part."""
    asked = reading.spelling
    if not asked.content:
        yield from (Fit(name, "prefix", HARDLY) for name in index.beginning(asked.words, kinds))
        return
    for name in index.by_core(asked.core, kinds):
        yield _of_core(name, asked)
    for name in index.beginning(asked.content, kinds):
        share = min(1.0, len(asked.core) / len(name.spelling.core))
        yield Fit(name, "prefix", PART + _WHOLE_PART * share - _conflict(name, asked))


def within(index: PlaceIndex, reading: Reading, kinds: Collection[str]) -> Iterator[Fit]:
    """Yield the names that stand somewhere in the text, among words that mean something else."""
    asked = reading.spelling.words
    for start in range(len(asked)):
        for end in range(len(asked), start, -1):
            key = "".join(asked[start:end])
            if len(key) >= _SHORTEST_WITHIN:
                share = len(key) / len(reading.spelling.key)
                yield from (Fit(name, "fuzzy", PART + _WHOLE_PART * share) for name in index.by_key(key, kinds))


def misspelt(index: PlaceIndex, reading: Reading, kinds: Collection[str]) -> Iterator[Fit]:
    """Yield the names that are similar: letters wrong, missing, doubled or swapped."""
    asked = reading.spelling
    if len(asked.key) < _SHORTEST_MISSPELT:
        return
    for kind in kinds:
        names = index.kinds.get(kind)
        if names is None:
            continue
        found: dict[int, KnownName] = {}
        for key in _alike(asked.key, names.key_list):
            found.update((id(name), name) for name in names.keys[key])
        if len(asked.core) >= _SHORTEST_MISSPELT:
            for core in _alike(asked.core, names.core_list):
                found.update((id(name), name) for name in names.cores[core])
        for name in found.values():
            score = min(_MISSPELT, _similarity(name.spelling, asked)) - _conflict(name, asked)
            if score >= _ALIKE:
                yield Fit(name, "fuzzy", score)


def _of_core(name: KnownName, asked: Spelling) -> Fit:
    missing, other = name.spelling.types - asked.types, _other_types(name, asked)
    if other:
        return Fit(name, "fuzzy", OTHER_TYPE)
    return Fit(name, "prefix", SHORT) if missing else Fit(name, "alias", SAME_WORDS)


def _other_types(name: KnownName, asked: Spelling) -> frozenset[str]:
    ignored = {"station"} if name.place.kind == "stop" else set()
    return asked.types - name.spelling.types - ignored


def _conflict(name: KnownName, asked: Spelling) -> float:
    return 0.1 if name.spelling.types and _other_types(name, asked) else 0.0


def _alike(asked: str, choices: Sequence[str]) -> list[str]:
    found = process.extract(asked, choices, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=_MOST_ALIKE)
    return [choice for choice, _, _ in found]


def _similarity(name: Spelling, asked: Spelling) -> float:
    whole = OSA.normalized_similarity(name.key, asked.key)
    core = OSA.normalized_similarity(name.core, asked.core)
    # One word may be the whole name glued together, fillers and all: "debroeckere".
    return max(whole if len(asked.words) == 1 else 0.0, (whole + core) / 2)
