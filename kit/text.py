"""Folding of names and sentences, so that accents, case, apostrophes and hyphens do not matter."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LETTERS: Final = str.maketrans(
    {"ß": "ss", "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "ĳ": "ij"}
)
_NOT_WORD: Final = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Return lower case ASCII words with single spaces between (``"Rue de l’Étuve"`` -> ``"rue de l etuve"``)."""
    return _NOT_WORD.sub(" ", fold_characters(text)).strip()


def fold_characters(text: str) -> str:
    """Return the text in lower case without accents, punctuation kept."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
