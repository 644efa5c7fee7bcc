"""Finds the service that a text is about, in any of the three languages, by keywords.

A keyword counts where all of its words are in the text; it weighs by how few services have such words, and more with
each word it has, so that "gat in het fietspad" is a cycle path and not a hole.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from rapidfuzz import fuzz, process

from kit.languages import LANGUAGES
from kit.text import fold
from services.city.requests.facts import ServiceFacts

#: Words this alike (0 to 100) are taken for the same, from this length on.
_ALIKE: Final = 84.0
_LONG: Final = 5
#: A word that begins or ends another one counts this much, as "lamp" words in Dutch compounds.
_COMPOUND: Final = 0.7
_ENDINGS: Final = ("s", "x", "e", "n", "en", "es")
_NEAR_BEST: Final = 0.5
#: Further keywords of a service that fit count this much.
_FURTHER: Final = 0.2
_MOST_WORDS: Final = 80


@dataclass(frozen=True)
class Found:
    """A service that fits, and how well (0 to 1)."""

    code: str
    score: float


class ServiceIndex:
    """The names and keywords of all services, ready to be searched."""

    def __init__(self, services: Iterable[ServiceFacts]) -> None:
        self._phrases = {each.code: _phrases(each) for each in services}
        words = {code: {word for phrase in each for word in phrase} for code, each in self._phrases.items()}
        spread = Counter(word for each in words.values() for word in each)
        self._weights = {word: math.log((1 + len(words)) / count) + 0.3 for word, count in spread.items()}

    def search(self, text: str) -> list[Found]:
        """Return the services that the text may be about, best first; none where no keyword is in it."""
        likeness = self._likeness(fold(text).split()[:_MOST_WORDS])
        scores = {code: self._score(phrases, likeness) for code, phrases in self._phrases.items()}
        best = max(scores.values(), default=0.0)
        found = [Found(code, score) for code, score in scores.items() if score and score >= best * _NEAR_BEST]
        ranked = sorted(found, key=lambda each: (-each.score, each.code))
        if ranked:
            named = self._named(ranked[0].code, likeness)
            ranked = [each for each in ranked if each is ranked[0] or not self._named(each.code, likeness) < named]
        return [Found(each.code, round(1 - math.exp(-each.score / 3), 3)) for each in ranked]

    def _likeness(self, written: Iterable[str]) -> dict[str, float]:
        """Return the keywords' words that are in the text, and how exactly."""
        found: dict[str, float] = {}
        for word in dict.fromkeys(written):
            if word in self._weights:
                found[word] = 1.0
            for known, score, _ in process.extract(
                word, self._weights.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None
            ):
                if min(len(word), len(known)) >= _LONG:
                    found[known] = max(found.get(known, 0.0), score / 100)
            for known in self._weights:
                found[known] = max(found.get(known, 0.0), _form(word, known))
        return found

    def _named(self, code: str, likeness: Mapping[str, float]) -> frozenset[str]:
        """Return the stems of the words by which a service fits: "rats" is less than "rat mort"."""
        fitting = [phrase for phrase in self._phrases[code] if self._fit(phrase, likeness)]
        return frozenset(_stem(word) for phrase in fitting for word in phrase)

    def _score(self, phrases: Iterable[tuple[str, ...]], likeness: Mapping[str, float]) -> float:
        fitting = sorted(filter(None, (self._fit(phrase, likeness) for phrase in phrases)), reverse=True)
        return fitting[0] + _FURTHER * sum(fitting[1:4]) if fitting else 0.0

    def _fit(self, phrase: tuple[str, ...], likeness: Mapping[str, float]) -> float:
        each = [likeness.get(word, 0.0) * self._weights[word] for word in phrase]
        return sum(each) if all(each) else 0.0


def _phrases(service: ServiceFacts) -> list[tuple[str, ...]]:
    written = [text for language in LANGUAGES for text in (service.names.to(language), *service.keywords.to(language))]
    phrases = (tuple(word for word in fold(text).split() if _says_something(word)) for text in written)
    return list(dict.fromkeys(filter(None, phrases)))


def _stem(word: str) -> str:
    return next((word.removesuffix(end) for end in sorted(_ENDINGS, key=len, reverse=True) if word.endswith(end)), word)


def _form(word: str, known: str) -> float:
    """Tell whether a word is a form of a known one: with an ending, or in a Dutch compound."""
    shorter, longer = sorted((word, known), key=len)
    if len(shorter) < 3 or shorter == longer:
        return 0.0
    if longer.startswith(shorter) and longer[len(shorter) :] in _ENDINGS:
        return 0.95
    is_part = len(known) >= _LONG and len(word) > len(known) and (word.startswith(known) or word.endswith(known))
    return _COMPOUND if is_part else 0.0


def _says_something(word: str) -> bool:
    return len(word) >= 3 and word not in _empty_words()


@cache
def _empty_words() -> frozenset[str]:
    """Return the words that say nothing, from ``words.yml``."""
    words: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))
    return frozenset(fold(word) for each in words.values() for word in each)
