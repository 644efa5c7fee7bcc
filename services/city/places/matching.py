"""Which names fit a reading, and how well: from the very name down to a misspelt one.

Scores lie between 0 and 1. Below ``EXACT`` a name was not written as anyone lists it, and a person should confirm it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz.distance import OSA

from services.city.places.index import Known, KnownName, PlaceIndex
from services.city.places.query import Reading
from services.city.places.spelling import Spelling

Match = Literal["exact", "alias", "prefix", "fuzzy"]

EXACT: Final = 1.0
ALIAS: Final = 0.98
#: The same words, but for fillers and their order; then also for the word for the type of road: "avenue Louiza".
SAME_WORDS: Final = 0.96
LIKE_TYPE: Final = 0.95
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
#: From this similarity on the letters count as they stand, the type of road like the rest: "Rrue d'Ajost".
_FEW_EDITS: Final = 0.75
_CLOSE: Final = 0.08


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
        lengths = len(asked.core), len(name.spelling.core)
        share = min(lengths) / max(lengths)
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
        for written in {asked.key, asked.letters}:
            for text, _ in names.alike_written.most_similar(written, least=_ALIKE, most=_MOST_ALIKE):
                found.update((id(name), name) for name in names.written[text])
        if len(asked.core) >= _SHORTEST_MISSPELT:
            for core, _ in names.alike_cores.most_similar(asked.core, least=_ALIKE, most=_MOST_ALIKE):
                found.update((id(name), name) for name in names.cores[core])
        yield from _likenesses(found.values(), asked)


def _likenesses(names: Iterable[KnownName], asked: Spelling) -> Iterator[Fit]:
    """Yield the names that are similar in their parts, and of those similar in their letters alone the most similar."""
    found = [(name, _parts_alike(name, asked), _letters_alike(name, asked)) for name in names]
    closest = max((max(parts, letters) for _, parts, letters in found), default=0.0)
    enough = max(_FEW_EDITS, closest - _CLOSE)
    for name, parts, letters in found:
        score = max(parts, letters if letters >= enough else 0.0)
        if score >= _ALIKE:
            yield Fit(name, "fuzzy", min(_MISSPELT, score))


def _of_core(name: KnownName, asked: Spelling) -> Fit:
    missing, other = name.spelling.types - asked.types, _other_types(name, asked)
    if other:
        return Fit(name, "fuzzy", OTHER_TYPE)
    if missing:
        return Fit(name, "prefix", SHORT)
    return Fit(name, "alias", SAME_WORDS if name.spelling.type_words == asked.type_words else LIKE_TYPE)


def _other_types(name: KnownName, asked: Spelling) -> frozenset[str]:
    ignored = {"station"} if name.place.kind == "stop" else set()
    return asked.types - name.spelling.types - ignored


def _conflict(name: KnownName, asked: Spelling) -> float:
    return 0.1 if name.spelling.types and _other_types(name, asked) else 0.0


def _letters_alike(name: KnownName, asked: Spelling) -> float:
    return OSA.normalized_similarity(name.spelling.letters, asked.letters)


def _parts_alike(name: KnownName, asked: Spelling) -> float:
    whole = OSA.normalized_similarity(name.spelling.key, asked.key)
    core = OSA.normalized_similarity(name.spelling.core, asked.core)
    # One word may be the whole name glued together, fillers and all: "debroeckere".
    return max(whole if len(asked.words) == 1 else 0.0, (whole + core) / 2) - _conflict(name, asked)
