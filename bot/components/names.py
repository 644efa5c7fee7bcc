"""The index of the city's names: spellings under which residents write each, and the longest one at a word.

Only the kinds of a name matter here ("Flagey" is a stop and part of a street's name); which Flagey is meant is the
façade's question. So every plausible spelling may point at a kind, and none is too ambiguous to keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from bot.components.tries import PhraseTrie
from bot.components.typos import TypoIndex
from kit.text import fold

#: A kind that only counts when a house number follows: "Blaes 20" for "Rue Blaes 20".
NUMBERED: Final = "numbered street"
#: A kind that is a street's name without its type: "Ropsy Chaudron" for "Rue Ropsy Chaudron".
BARE: Final = "bare street"
_JOINED_MIN_LENGTH: Final = 7
#: With so many words beside its type and small words, a street is known without its type.
_BARE_WORDS: Final = 2
_ELIDED: Final = frozenset({"l", "d"})
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "xiii": "13"}


@dataclass(frozen=True)
class NameLanguage:
    """What the languages' word lists say about how names are built and shortened, all words folded."""

    abbreviations: Mapping[str, str] = field(default_factory=dict)  # "av" -> "avenue"
    endings: Mapping[str, str] = field(default_factory=dict)  # "str" -> "straat", at the end of a word
    street_types: frozenset[str] = frozenset()  # "rue", "avenue"
    street_endings: tuple[str, ...] = ()  # "straat", "laan"
    fillers: frozenset[str] = frozenset()  # "de", "la", "van"
    road_to: tuple[tuple[str, ...], ...] = ()  # "chaussée de", "steenweg op": each may stand for the others
    station: frozenset[str] = frozenset()  # "gare"
    station_after: tuple[str, ...] = ()  # "station", which stands behind the name: "Midi station"

    def canonical(self, word: str) -> str:
        """Return the word in full (``"stwg"`` -> ``"steenweg"``, ``"wetstr"`` -> ``"wetstraat"``)."""
        if word in self.abbreviations:
            return self.abbreviations[word]
        for short, full in self.endings.items():
            if word.endswith(short) and len(word) > len(short) + 1:
                return word[: -len(short)] + full
        return word

    def spellings(self, name: str, kind: str) -> Iterable[tuple[tuple[str, ...], str]]:
        """Yield the word sequences under which a name may stand in a sentence, each with the kind it then has."""
        words = tuple(self.canonical(word) for word in fold(name).split())
        if not words:
            return
        yield words, kind
        for variant in self._variants(words):
            yield variant, kind
        bare = tuple(word for word in words if word not in self.fillers)
        if len(bare) > 1 and bare != words:
            yield bare, kind
        if len(words) > 1 and len("".join(words)) >= _JOINED_MIN_LENGTH:
            yield ("".join(words),), kind
        if len(words) == 1:
            for ending in self.street_endings:
                if words[0].endswith(ending) and len(words[0]) > len(ending) + 2:
                    yield (words[0][: -len(ending)], ending), kind
                    yield (words[0][: -len(ending)],), NUMBERED
        if kind == "street" and words[0] in self.street_types and len(words) > 1:
            yield words[1:], BARE if len(bare) > _BARE_WORDS else NUMBERED
            if len(bare) > 2 and len(bare[-1]) > 3:
                yield (words[0], bare[-1]), kind

    def _variants(self, words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
        """Yield the name with other numerals, without apostrophes, in parts, or as the other language builds it."""
        if _ROMAN.keys() & set(words):
            yield tuple(_ROMAN.get(word, word) for word in words)
        for at, word in enumerate(words[:-1]):
            if word in _ELIDED:  # "gare de lest"
                yield (*words[:at], word + words[at + 1], *words[at + 2 :])
        for ending in self.street_endings if len(words) > 1 else ():
            if words[-1].endswith(ending) and len(words[-1]) > len(ending) + 2:  # "antoine dansaert straat"
                yield (*words[:-1], words[-1][: -len(ending)], ending)
        for road in self.road_to:
            if words[: len(road)] == road and len(words) > len(road):  # "steenweg op waterloo"
                yield from ((*other, *words[len(road) :]) for other in self.road_to if other != road)
        if words[0] in self.station and len(words) > 1:
            rest = tuple(word for word in words[1:] if word not in self.fillers)
            yield from ((*rest, after) for after in self.station_after)


class NameIndex:
    """Finds names, exactly or misspelt."""

    def __init__(self, names: Mapping[str, Iterable[str]], language: NameLanguage) -> None:
        self._language = language
        self._trie = PhraseTrie()
        words: set[str] = set()
        for kind, spelled in names.items():
            for name in spelled:
                for sequence, label in language.spellings(name, kind):
                    self._trie.add(sequence, label)
                    if label not in (NUMBERED, BARE):
                        words.update(sequence)
        self._words = frozenset(words)
        self._typos = TypoIndex(words)
        self._corrections = lru_cache(maxsize=8192)(self._typos.corrections)

    @property
    def size(self) -> int:
        """Return the number of different words in names."""
        return len(self._typos)

    def spells(self, word: str) -> bool:
        """Tell whether a folded word is a word of a name as it is spelt."""
        return self._language.canonical(word) in self._words

    def exact(self, words: Sequence[str], start: int) -> tuple[int, frozenset[str]] | None:
        """Return the end (exclusive) and the kinds of the longest name at a word, abbreviations written out."""
        return self._trie.longest([self._language.canonical(word) for word in words], start)

    def misspelt(
        self, words: Sequence[str], start: int, ordinary: frozenset[int]
    ) -> tuple[int, frozenset[str], int] | None:
        """Return end, kinds and number of corrections of the longest name at a word, allowing for typing errors.

        A name never begins with the correction of an ordinary word (``ordinary`` holds their positions); inside a name
        that has begun, any word may be wrong ("rue de la lois").
        """

        def spellings(position: int, first: bool) -> Sequence[str]:
            word = self._language.canonical(words[position])
            if first and position in ordinary:
                return (word,)
            return (word, *self._corrections(word))

        return self._trie.longest_respelt(len(words), start, spellings)
