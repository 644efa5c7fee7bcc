"""Whole answers on the sample city, with a stopped clock: what must be in them, by ``evaluation/questions/<lang>.yml``.

Each question goes through all four processes, as a resident's would. A file is a list of ``{capability, ask, holds?,
lacks?, choices?, source?}``; ``ask`` is one message or several, of which the last one's reply is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import yaml

from kit.languages import LANGUAGES, Language

FOLDER = Path(__file__).resolve().parent / "questions"
_FIELDS = frozenset({"capability", "ask", "holds", "lacks", "choices", "source"})
_AUTHOR = "resident"


@dataclass(frozen=True)
class Question:
    """What is asked, and what must hold of the reply."""

    language: Language
    capability: str
    ask: tuple[str, ...]
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    source: bool | None = None
    """Whether the reply must name a source; None where it may."""


@dataclass(frozen=True)
class Answered:
    """A question with what its answer lacks, in words; nothing where the answer is as it must be."""

    question: Question
    missing: tuple[str, ...]


class Talk(Protocol):
    """One conversation with the assistant."""

    def say(self, **message: Any) -> dict[str, Any]:
        """Send ``text=``; return the reply."""


#: Opens a conversation in a language.
Open = Callable[[Language], AbstractContextManager[Talk]]


def load(folder: Path = FOLDER) -> list[Question]:
    """Return every question; raise ValueError with path and reason for a file of another shape."""
    return [question for language in LANGUAGES for question in _read(folder / f"{language}.yml", language)]


def _read(path: Path, language: Language) -> list[Question]:
    questions = []
    for number, item in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), start=1):
        unknown = set(item) - _FIELDS
        if unknown or not {"capability", "ask"} <= set(item):
            raise ValueError(f"{path}: item {number}: needs capability and ask, knows {', '.join(sorted(_FIELDS))}")
        if not set(item) & {"holds", "lacks", "choices", "source"}:
            raise ValueError(f"{path}: item {number}: nothing is asked of the answer")
        ask = item["ask"]
        questions.append(
            Question(
                language=language,
                capability=item["capability"],
                ask=(ask,) if isinstance(ask, str) else tuple(ask),
                holds=_texts(item, "holds"),
                lacks=_texts(item, "lacks"),
                choices=_texts(item, "choices"),
                source=item.get("source"),
            )
        )
    return questions


def ask(questions: Iterable[Question], open_talk: Open) -> list[Answered]:
    """Ask each question in a conversation of its own."""
    found = []
    for question in questions:
        with open_talk(question.language) as talk:
            reply: dict[str, Any] = {}
            for text in question.ask:
                reply = talk.say(text=text)
        messages = [each for each in reply.get("messages", ()) if each["author"] != _AUTHOR]
        found.append(Answered(question, tuple(missing(question, messages))))
    return found


def missing(question: Question, messages: Sequence[dict[str, Any]]) -> list[str]:
    """Say what is wrong with the messages of a reply: nothing of it where the list is empty."""
    if not messages:
        return ["no answer"]
    said = _plain("\n".join([*(each["text"] for each in messages), *_on_cards(messages)]))
    labels = [_plain(choice["label"]) for each in messages for choice in each.get("choices") or ()]
    wrong = [f"{part!r} is missing" for part in question.holds if _plain(part) not in said]
    wrong += [f"{part!r} is said" for part in question.lacks if _plain(part) in said]
    wrong += [f"{part!r} is not on offer" for part in question.choices if not any(_plain(part) in x for x in labels)]
    if any(each["language"] != question.language for each in messages):
        wrong.append("another language")
    if question.source is not None and any(each.get("source") for each in messages) is not question.source:
        wrong.append("no source" if question.source else "a source without an answer")
    return wrong


def _on_cards(messages: Sequence[dict[str, Any]]) -> list[str]:
    return [text for each in messages for card in each.get("cards") or () for text in _strings(card)]


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [text for item in value for text in _strings(item)] if isinstance(value, list) else []


def _plain(text: str) -> str:
    """Return a text as it is compared: case apart, with plain blanks and apostrophes."""
    return " ".join(text.replace("’", "'").casefold().split())


def _texts(item: dict[str, Any], name: str) -> tuple[str, ...]:
    return tuple(str(each) for each in item.get(name) or ())
