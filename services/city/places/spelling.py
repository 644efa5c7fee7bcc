"""Spellings of names: what is left of one when abbreviations, hyphens and mixed-up languages no longer matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from services.city.places.words import words

#: What must be left before an ending for it to count as one: "Ixlaan" yes, "weg" no.
_SHORTEST_STEM: Final = 2


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name, or what someone wrote for one.

    ``key`` is all of its words glued together, abbreviations written out: "Bd. St-Michel" and "boulevard saint michel"
    have the same; ``letters`` are the words as written, glued together. ``content`` are the words that are neither
    fillers nor types of road, ``core`` those glued together (all words, where there are no others). ``types`` are the
    types of road and ``type_words`` the words or endings that say them: see ``words.yml``.
    """

    key: str
    letters: str
    words: tuple[str, ...]
    content: tuple[str, ...]
    core: str
    types: frozenset[str]
    type_words: frozenset[str]


def spell(folded: str) -> Spelling:
    """Return the spelling of a folded text (``kit.text.fold``); its key is empty where the text is."""
    table = _tables()
    letters = folded.replace(" ", "")
    for pattern, short in table.phrases:
        folded = pattern.sub(short, folded)
    found = tuple(_word(table, word) for word in folded.split())
    content: list[str] = []
    types: dict[str, str] = {}
    for word in found:
        if word in table.type_words:
            types[word] = table.type_words[word]
        elif word not in table.fillers:
            stem, kind = _split(table, word)
            content.append(stem)
            if kind:
                types[word[len(stem) :]] = kind
    core = "".join(content or found)
    return Spelling("".join(found), letters, found, tuple(content), core, frozenset(types.values()), frozenset(types))


def canonical_word(word: str) -> str:
    """Return a folded word as names are spelt: ``av`` -> ``avenue``, ``kerkstr`` -> ``kerkstraat``."""
    return _word(_tables(), word)


def is_type_word(word: str) -> bool:
    """Tell whether a canonical word is a kind of road by itself: ``avenue``."""
    return word in _tables().type_words


def is_filler(word: str) -> bool:
    """Tell whether a word says nothing in a name: ``de``."""
    return word in _tables().fillers


def phrase_at(found: Sequence[str]) -> tuple[str, int]:
    """Return the one word that these words begin with as a phrase, and how many they are; 0 where there is none."""
    return next(
        ((short, len(phrase)) for phrase, short in _phrases() if tuple(found[: len(phrase)]) == phrase), ("", 0)
    )


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[tuple[str, ...], str], ...]:
    known = ((tuple(phrase.split()), short) for short, phrases in words().phrases.items() for phrase in phrases)
    return tuple(sorted(known, key=lambda each: -len(each[0])))


@dataclass(frozen=True)
class _Tables:
    phrases: tuple[tuple[re.Pattern[str], str], ...]
    canonical: dict[str, str]
    endings: dict[str, str]
    type_words: dict[str, str]
    type_endings: dict[str, str]
    fillers: frozenset[str]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    known = words()
    phrases = [
        (re.compile(rf"\b{re.escape(phrase)}\b"), short)
        for short, variants in known.phrases.items()
        for phrase in sorted(variants, key=len, reverse=True)
    ]
    return _Tables(tuple(phrases), known.canonical, known.endings, known.type_words, known.type_endings, known.fillers)


def _word(table: _Tables, word: str) -> str:
    if word in table.canonical:
        return table.canonical[word]
    for short, full in table.endings.items():
        if word.endswith(short) and len(word) - len(short) >= _SHORTEST_STEM:
            return word[: -len(short)] + full
    return word


def _split(table: _Tables, word: str) -> tuple[str, str | None]:
    for ending, kind in table.type_endings.items():
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)], kind
    return word, None
