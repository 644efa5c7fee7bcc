"""The facts in a training sentence, as the vocabulary of its language names them: for readers, not for training."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from kit.languages import Language
from kit.text import fold
from services.studio.editing.files import VOCABULARY

_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MARKED: Final = re.compile(r"\[(?P<text>[^\[\]]+)\](?:\((?P<entity>[a-z_]+)(?::[^()]*)?\)|\{[^{}]*\})")
_WORD: Final = re.compile(r"\w+(?:['’+]\w+)*")
#: Shorter phrases are plain words of a language more often than facts.
_LEAST_LETTERS: Final = 3
#: Words of the longest phrase that is looked for.
_MOST_WORDS: Final = 6


@dataclass(frozen=True)
class Piece:
    """A part of a sentence, and the fact that it names."""

    text: str
    entity: str | None = None


class Facts:
    """The vocabularies of a repository, read again when one changes."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._phrases: dict[Language, tuple[int, Mapping[str, str]]] = {}
        self._lock = threading.Lock()

    def pieces(self, language: Language, sentence: str) -> list[Piece]:
        """Return a sentence in pieces; marks show as what they mark."""
        pieces: list[Piece] = []
        at = 0
        for mark in _MARKED.finditer(sentence):
            pieces += self._named(language, sentence[at : mark.start()])
            pieces.append(Piece(mark["text"], mark["entity"] or "…"))
            at = mark.end()
        return pieces + self._named(language, sentence[at:])

    def _named(self, language: Language, text: str) -> list[Piece]:
        phrases = self._of(language)
        words = list(_WORD.finditer(text))
        folded = [fold(word[0]) for word in words]
        pieces: list[Piece] = []
        at = place = 0
        while place < len(words):
            for count in range(min(_MOST_WORDS, len(words) - place), 0, -1):
                entity = phrases.get(" ".join(folded[place : place + count]))
                if entity:
                    first, last = words[place].start(), words[place + count - 1].end()
                    pieces += [Piece(text[at:first]), Piece(text[first:last], entity)]
                    at = last
                    place += count - 1
                    break
            place += 1
        return [each for each in [*pieces, Piece(text[at:])] if each.text]

    def _of(self, language: Language) -> Mapping[str, str]:
        path = self._root / "data" / "nlu" / language / f"{VOCABULARY}.yml"
        with self._lock:
            try:
                stamp = path.stat().st_mtime_ns
                known = self._phrases.get(language)
                if known is None or known[0] != stamp:
                    known = (stamp, _phrases(path))
            except (OSError, yaml.YAMLError, AttributeError, TypeError):
                known = (0, {})  # a vocabulary that is broken stops the training, which says why
            self._phrases[language] = known
            return known[1]


def _phrases(path: Path) -> Mapping[str, str]:
    content: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - texts only
    found: dict[str, str] = {}
    for entity, values in content["vocabulary"].items():
        for phrases in values.values():
            for phrase in phrases:
                if len(folded := fold(phrase)) >= _LEAST_LETTERS:
                    found.setdefault(folded, entity)
    return found
