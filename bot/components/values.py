"""Finds values of the vocabulary that only their own question asks for: things, materials, tickets, problems, vehicles.

Each entity is looked for by itself, so that "un trou dans la piste cyclable" may be a problem and hold a thing too.
Words are compared without their endings of the plural, small words may be left out ("feu circulation"), and a word that
no language has may be a misspelt one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from bot.components.cues import Cues
from bot.components.folding import FoldedText
from bot.components.mentions import Mention, mention
from bot.components.tries import PhraseTrie
from bot.components.typos import TypoIndex
from kit.text import fold

#: Entities that the intent alone asks for; no word of theirs is taken from others.
DETAILS: Final = (
    *("waste_item", "category", "material", "ticket", "condition", "vehicle", "fuel", "operator", "mode", "want"),
)
_PLURAL: Final = re.compile(r"(?:[sx]|(?<=ie)n)$")
_DUTCH_PLURAL: Final = re.compile(r"en$")
_ENGLISH_PLURAL: Final = re.compile(r"(?<=ss|sh|ch)es$|(?<=x)es$")
_ENGLISH_Y: Final = re.compile(r"(?<=[b-df-hj-np-tv-z])(?:ies|y)$")
_MIN_PLURAL: Final = 4
_MIN_DUTCH_PLURAL: Final = 6


class ValueFinder:
    """The phrases of each detail."""

    def __init__(self, phrases: Iterable[tuple[str, str, str]], cues: Cues) -> None:
        self._fillers = cues.words("filler")
        self._generic = frozenset(map(stem, cues.words("generic")))
        article = rf"(?:[ '-]*{cues.pattern('article')}(?![a-z0-9]))*[ '-]*$"
        self._located = re.compile(rf"(?<![a-z0-9]){cues.pattern('located')}(?![a-z0-9]){article}")
        self._tries: defaultdict[str, PhraseTrie] = defaultdict(PhraseTrie)
        words: set[str] = set()
        common = cues.words("frequent", "homograph")
        self._homographs = frozenset(cues.words("homograph"))
        for entity, value, phrase in phrases:
            if fold(phrase) in common:
                continue  # "thé" is "the" in English, and "bot" (bone) is what one talks to
            for sequence in self._sequences(fold(phrase).split()):
                self._tries[entity].add(sequence, value)
                words.update(sequence)
        self._corrections = lru_cache(maxsize=4096)(TypoIndex(words).corrections)

    def find(self, sentence: FoldedText, unknown: Sequence[int]) -> Iterable[Mention]:
        """Yield the longest values at each word, entity by entity; ``unknown`` are positions of words that no list has.

        A value is weak where it only says where something is ("devant le banc"), or what kind it is of ("un ticket").
        """
        whole = list(range(len(sentence.words)))
        content = [at for at in whole if sentence.words[at].text not in self._fillers]
        stems = [self._stem(word.text) for word in sentence.words]
        spelt: list[Sequence[str]] = [
            (each, *self._corrections(each)) if at in unknown else (each,) for at, each in enumerate(stems)
        ]
        for entity, trie in self._tries.items():
            found: dict[int, tuple[int, frozenset[str]]] = {}
            for positions in (whole, content):
                for start, end, values in _longest(trie, spelt, positions):
                    if start not in found or end > found[start][0]:
                        found[start] = (end, values)
            last = -1
            for start, (end, values) in sorted(found.items(), key=lambda each: (each[0], -each[1][0])):
                if start > last:
                    yield self._mention(sentence, entity, (start, end), min(values))
                    last = end

    def _stem(self, word: str) -> str:
        """Return a word without its plural; as it is where the rest is another word: "watten" is not "wat"."""
        short = stem(word)
        return word if short in self._homographs else short

    def _sequences(self, words: list[str]) -> Iterable[list[str]]:
        stems = [self._stem(word) for word in words]
        yield stems
        content = [each for each, word in zip(stems, words, strict=True) if word not in self._fillers]
        if 1 < len(content) < len(stems):
            yield content

    def _mention(self, sentence: FoldedText, entity: str, place: tuple[int, int], value: str) -> Mention:
        first, last = sentence.words[place[0]], sentence.words[place[1]]
        generic = place[0] == place[1] and stem(first.text) in self._generic
        located = self._located.search(sentence.text[: first.start]) is not None
        start, end = sentence.span(first.start, last.end)
        return mention([entity], start, end, value, "detail", strong=not (generic or located))


def _longest(
    trie: PhraseTrie, spelt: Sequence[Sequence[str]], positions: Sequence[int]
) -> Iterable[tuple[int, int, frozenset[str]]]:
    """Yield first and last word and the values of the longest phrase at each of the positions."""
    words = [spelt[at] for at in positions]
    for start in range(len(words)):
        found = trie.longest_respelt(len(words), start, lambda at, _: words[at])
        if found is not None:
            yield positions[start], positions[found[0] - 1], found[1]


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return a folded word without the ending of a plural (``"flessen"`` -> ``"fle"``, as ``"fles"``)."""
    if len(word) >= _MIN_DUTCH_PLURAL and _DUTCH_PLURAL.search(word):
        word = word[:-2]
        word = word[:-1] if word[-1:] == word[-2:-1] else word
    word = _ENGLISH_Y.sub("i", _ENGLISH_PLURAL.sub("", word))
    return _PLURAL.sub("", word) if len(word) >= _MIN_PLURAL else word
