"""The questions that are replayed: a file of people's own, the project's, and the held-out sentences without words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from evaluation import answers, heldout
from evaluation.heldout import Sentence
from kit.languages import Language, as_language
from kit.text import fold

_DIGEST_LENGTH = 8


@dataclass(frozen=True)
class Question:
    """A question; ``language`` is the conversation's so far, ``intent`` what it means, where that is known."""

    text: str
    language: Language | None = None
    intent: str | None = None
    shown: str | None = None
    """What stands for its words in a report, where those are not to be read."""

    @property
    def label(self) -> str:
        """What a report calls it."""
        return self.text if self.shown is None else self.shown


def own() -> list[Question]:
    """Return the project's questions, as ``evaluation/questions`` asks them at a conversation's beginning."""
    return [
        Question(each.ask[0], each.language, each.capability if len(each.ask) == 1 else None) for each in answers.load()
    ]


def held_out(sentences: Iterable[Sentence]) -> list[Question]:
    """Return held-out sentences, whose words no report may show."""
    return [Question(each.text, None, each.intent, shown=_unsaid(each)) for each in sentences]


def without_held_out(questions: Iterable[Question], sentences: Iterable[Sentence]) -> list[Question]:
    """Return the questions; one that is a held-out sentence, however it came here, without its words."""
    unsaid = {fold(each.text): _unsaid(each) for each in sentences}
    return [replace(each, shown=unsaid.get(fold(each.text), each.shown)) for each in questions]


def read(path: Path) -> list[Question]:
    """Return the questions of ``{text, language?, intent?}`` lines; raise ValueError naming the line that is none."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        return list(_read(lines))


def _read(lines: Iterable[str]) -> Iterator[Question]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            text, language, intent = item["text"], item.get("language"), item.get("intent")
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ValueError(f'line {number}: expected {{"text": …, "language"?: …}}') from error
        if not isinstance(text, str) or not isinstance(intent, str | None):
            raise ValueError(f"line {number}: text and intent are texts")
        if language is not None and as_language(language) is None:
            raise ValueError(f"line {number}: language is fr, nl or en")
        yield Question(text, as_language(language), intent)


def _unsaid(sentence: Sentence) -> str:
    digest = hashlib.sha256(f"{sentence.language}\n{sentence.text}".encode()).hexdigest()[:_DIGEST_LENGTH]
    return f"(held-out sentence {sentence.language}/{sentence.topic} {digest})"


def load(file: Path | None, *, with_held_out: bool) -> list[Question]:
    """Return what is to be replayed. Raises ValueError, and OSError."""
    sentences = heldout.load()
    given = own() if file is None else read(file)
    if not given and not with_held_out:
        raise ValueError("there is no question in it")
    return without_held_out(given, sentences) + (held_out(sentences) if with_held_out else [])
