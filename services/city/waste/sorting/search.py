"""Finds things by what people call them: misspelt, in the plural, in a whole sentence, in any of the languages.

A name counts by how much of it is in the question and how much of the question is in it; words weigh by how few things
they occur in. Words are alike by their stems, by a slip of the finger, or where one ends or begins another, as in
Dutch compounds; and words written apart are alike the same words written together.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kit.languages import Language
from services.city.waste.sorting.wording import stems, weight, words_of

_SAME_STEM: Final = 0.97
#: What a letter too many, too few, wrong or swapped takes away, as a share of the word.
_SLIP: Final = 1.2
#: Words of so many letters may have one slip, and two.
_ONE_SLIP, _TWO_SLIPS = 4, 8
#: A word of a suggestion is at least so much like one of the text.
_ALIKE: Final = 0.7
#: A word that begins or ends another counts this much.
_COMPOUND: Final = 0.55
_COMPOUND_PART: Final = 4
#: How much of the score is the share of the name, the rest being the share of the question.
_OF_NAME: Final = 0.6
#: Least score of an answer, and its least share of the best one's.
_LEAST: Final = 52.0
_NEAR_BEST: Final = 0.95
#: A name of another language than the one that the question is asked in counts this much.
_OTHER_LANGUAGE: Final = 0.94
#: A word that occurs nowhere counts this much of the rarest: a question may have any number of them.
_UNKNOWN: Final = 0.4


@dataclass(frozen=True)
class Found:
    """A thing, or a word for several, that fits, how well (0 to 100), and the name that does."""

    id: str
    score: float
    name: str


@dataclass(frozen=True)
class _Name:
    owner: str
    language: Language
    text: str
    words: tuple[str, ...]
    glued: str


class ThingIndex:
    """The names of all things, ready to be searched."""

    def __init__(self, names: Mapping[str, Mapping[Language, Iterable[str]]]) -> None:
        self._names = [
            _Name(owner, language, text, words, "".join(words))
            for owner, by_language in names.items()
            for language, texts in by_language.items()
            for text in texts
            if (words := words_of(text))
        ]
        self._by_key: defaultdict[str, list[_Name]] = defaultdict(list)
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        owners: defaultdict[str, set[str]] = defaultdict(set)
        for number, name in enumerate(self._names):
            self._by_key[" ".join(sorted(name.words))].append(name)
            for word in {*name.words, name.glued}:
                self._by_word[word].append(number)
                owners[word].add(name.owner)
        self._spread = Counter({word: len(found) for word, found in owners.items()})
        self._vocabulary = list(self._by_word)
        self._stems: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._vocabulary:
            for stem in stems(word):
                self._stems[stem].append(word)
        self._stem_list = list(self._stems)
        self._parts: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._vocabulary:
            for part in _parts(word):
                self._parts[part].append(word)
        self._things = len(names)

    def search(self, query: str, language: Language) -> list[Found]:
        """Return what a text names, best first: those of that very name and no others, if any.

        All languages are searched; names of ``language`` come before others that fit as well.
        """
        words = words_of(query)
        exact = {name.owner: Found(name.owner, 100.0, name.text) for name in self._by_key[" ".join(sorted(words))]}
        if exact or not words:
            return list(exact.values())
        best: dict[str, Found] = {}
        hits: dict[str, dict[str, float]] = {}
        for variant in self._variants(words):
            hits |= {word: self._hits(word) for word in variant if word not in hits}
            for found in self._scored(variant, [hits[word] for word in variant], language):
                if found.id not in best or found.score > best[found.id].score:
                    best[found.id] = found
        top = max((found.score for found in best.values()), default=0.0)
        near = [found for found in best.values() if found.score >= max(_LEAST, top * _NEAR_BEST)]
        return sorted(near, key=lambda found: (-found.score, found.id))

    def alike(self, query: str, most: int) -> list[str]:
        """Return the things with a name that shares a word with a text, or nearly; none where no word is near."""
        words = [word for word in words_of(query) if len(word) >= _ONE_SLIP and weight(word)]
        scores: defaultdict[int, float] = defaultdict(float)
        for word in words:
            near = process.extract(
                word, self._vocabulary, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=20
            )
            best: dict[int, float] = {}
            for other, likeness, _ in near:
                for number in self._by_word[other]:
                    best[number] = max(best.get(number, 0.0), likeness)
            for number, likeness in best.items():
                scores[number] += likeness / max(len(words), len(self._names[number].words))
        ordered = sorted(scores, key=lambda number: (-scores[number], number))
        return list(dict.fromkeys(self._names[number].owner for number in ordered))[:most]

    def _variants(self, words: Sequence[str]) -> Iterable[tuple[str, ...]]:
        """Yield the words as they are, and with each two neighbours written together where that is a word."""
        yield tuple(words)
        for at in range(len(words) - 1):
            together = words[at] + words[at + 1]
            if any(stem in self._stems for stem in stems(together)):
                yield (*words[:at], together, *words[at + 2 :])

    def _scored(self, query: Sequence[str], hits: Sequence[Mapping[str, float]], language: Language) -> Iterable[Found]:
        known = [word in self._spread or bool(hit) for word, hit in zip(query, hits, strict=True)]
        rarest = math.log(1 + self._things)
        asked = [
            self._weight(word) if seen else rarest * _UNKNOWN * weight(word)
            for word, seen in zip(query, known, strict=True)
        ]
        numbers = {number for hit in hits for word in hit for number in self._by_word[word]}
        for number in numbers:
            name = self._names[number]
            of_query = sum(
                share * max((hit.get(word, 0.0) for word in (*name.words, name.glued)), default=0.0)
                for share, hit in zip(asked, hits, strict=True)
            ) / (sum(asked) or 1.0)
            of_name = max(self._of_name(name.words, hits), self._of_name((name.glued,), hits))
            score = 100 * (_OF_NAME * of_name + (1 - _OF_NAME) * of_query)
            score *= 1.0 if name.language == language else _OTHER_LANGUAGE
            yield Found(name.owner, round(score, 1), name.text)

    def _of_name(self, words: Sequence[str], hits: Sequence[Mapping[str, float]]) -> float:
        shares = [self._weight(word) or 0.01 for word in words]
        matched = [max((hit.get(word, 0.0) for hit in hits), default=0.0) for word in words]
        return sum(a * b for a, b in zip(shares, matched, strict=True)) / sum(shares)

    def _hits(self, word: str) -> dict[str, float]:
        """Return the names' words that a word is like, and how much (0 to 1)."""
        found: dict[str, float] = {}
        for part, whole_likeness in self._compounds(word):
            found[part] = whole_likeness
        for stem in stems(word):
            for near, distance in _slips(stem, self._stem_list):
                likeness = 1 - _SLIP * distance / max(len(stem), len(near))
                for other in self._stems[near]:
                    found[other] = max(found.get(other, 0.0), likeness)
        for stem in stems(word):
            for other in self._stems.get(stem, ()):
                found[other] = max(found.get(other, 0.0), _SAME_STEM)
        if word in self._by_word:
            found[word] = 1.0
        return found

    def _compounds(self, word: str) -> Iterable[tuple[str, float]]:
        """Yield the words that begin or end with this one, and those that it begins or ends with."""
        others = [*self._parts.get(word, ()), *(part for part in _parts(word) if part in self._by_word)]
        for other in others:
            short, long = sorted((len(word), len(other)))
            yield other, _COMPOUND + (1 - _COMPOUND) * 0.5 * short / long

    def _weight(self, word: str) -> float:
        return weight(word) * math.log((1 + self._things) / (self._spread[word] or 1))


def _slips(stem: str, stems_known: Sequence[str]) -> Iterable[tuple[str, int]]:
    """Yield the stems that a slip of the finger may have made this one of, and how many slips."""
    slips = 0 if len(stem) < _ONE_SLIP else 1 if len(stem) < _TWO_SLIPS else 2
    if slips:
        for near, distance, _ in process.extract(stem, stems_known, scorer=OSA.distance, score_cutoff=slips, limit=20):
            if len(near) >= _ONE_SLIP and distance:
                yield near, int(distance)


def _parts(word: str) -> Iterable[str]:
    """Yield what a word begins and ends with, as far as it can be a word."""
    for length in range(_COMPOUND_PART, len(word)):
        yield word[:length]
        yield word[-length:]
