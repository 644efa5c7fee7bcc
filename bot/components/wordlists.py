"""Which words are ordinary French, Dutch or English: from spaCy's lemma tables and the project's own sentences.

Two components need it: a word that is ordinary is not a misspelt street, and it votes for its language. Some 600,000
words are kept as sorted 64-bit hashes with a mask of languages, 5 MB instead of 100.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import srsly
from spacy.util import registry

from kit.languages import LANGUAGES, Language
from kit.text import fold

_FILE: Final = "words.npz"
#: English entries of spaCy's frequency table under this log probability are mostly names and noise.
_MIN_ENGLISH_LOG_PROBABILITY: Final = -11.5


class WordLists:
    """A set of folded words, each with the languages that have it."""

    def __init__(self, hashes: np.ndarray, masks: np.ndarray) -> None:
        self._hashes = hashes
        self._masks = masks

    @classmethod
    def from_words(cls, words: Mapping[Language, Iterable[str]]) -> WordLists:
        """Return lists of the words; each is folded, and left out where folding leaves nothing or several words."""
        masks: dict[int, int] = {}
        for bit, language in enumerate(LANGUAGES):
            for word in words.get(language, ()):
                plain = word.lower() if word.isascii() and word.isalnum() else fold(word)
                if plain and " " not in plain:
                    key = _hash(plain)
                    masks[key] = masks.get(key, 0) | (1 << bit)
        hashes = np.fromiter(masks.keys(), dtype=np.uint64, count=len(masks))
        order = np.argsort(hashes)
        values = np.fromiter(masks.values(), dtype=np.uint8, count=len(masks))
        return cls(hashes[order], values[order])

    def languages(self, word: str) -> frozenset[Language]:
        """Return the languages that have this folded word."""
        return _languages(self._mask(word))

    def known(self, word: str) -> bool:
        """Tell whether any of the languages has this folded word."""
        return self._mask(word) != 0

    def save(self, folder: Path) -> None:
        """Write the lists into a folder."""
        np.savez_compressed(folder / _FILE, hashes=self._hashes, masks=self._masks)

    @classmethod
    def load(cls, folder: Path) -> WordLists:
        """Read lists that ``save`` wrote."""
        with np.load(folder / _FILE, allow_pickle=False) as arrays:
            return cls(arrays["hashes"], arrays["masks"])

    def _mask(self, word: str) -> int:
        key = np.uint64(_hash(word))
        position = int(self._hashes.searchsorted(key))
        if position < len(self._hashes) and self._hashes[position] == key:
            return int(self._masks[position])
        return 0


def ordinary_words() -> dict[Language, set[str]]:
    """Return the words of spaCy's lemma tables (package spacy-lookups-data), with the commoner English words."""
    return {language: set(_table_words(language)) for language in LANGUAGES}


def sample_of_exclusive_words(count: int, seed: int) -> list[tuple[str, Language]]:
    """Return up to ``count`` words a language that neither of the other two has, the same ones for the same seed."""
    words = {language: {word.lower() for word in found} for language, found in ordinary_words().items()}
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    sample: list[tuple[str, Language]] = []
    for language, found in words.items():
        others = set().union(*(words[other] for other in LANGUAGES if other != language))
        exclusive = sorted(word for word in found - others if word.isalpha() and len(word) > 2)
        sample += [(word, language) for word in chance.sample(exclusive, min(count, len(exclusive)))]
    return sample


@lru_cache(maxsize=1 << 16)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")


@lru_cache(maxsize=8)
def _languages(mask: int) -> frozenset[Language]:
    return frozenset(language for bit, language in enumerate(LANGUAGES) if mask & (1 << bit))


def _table_words(language: Language) -> Iterable[str]:
    tables = registry.lookups.get(language)
    lookup = _read(tables, "lemma_lookup")
    yield from lookup
    for lemma in lookup.values():
        yield from [lemma] if isinstance(lemma, str) else lemma
    for lemmas in _read(tables, "lemma_index").values():
        yield from lemmas
    if language == "en":
        for word, probability in _read(tables, "lexeme_prob").items():
            # Capitalised entries are mostly names.
            if probability > _MIN_ENGLISH_LOG_PROBABILITY and word.islower():
                yield word


def _read(tables: Mapping[str, Any], name: str) -> dict[str, Any]:
    # Not spacy.lookups.load_lookups: its tables keep hashes of their keys, and the words are what is wanted here.
    path = tables.get(name)
    if path is None:
        return {}
    packed = Path(f"{path}.gz")
    return dict(srsly.read_gzip_json(packed) if packed.exists() else srsly.read_json(path))
