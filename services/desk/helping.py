"""What the helper needs of the assistant: a caller's question answered in two languages, and how it was understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from kit.languages import Language
from services.desk.cards import Card


@dataclass(frozen=True)
class Question:
    """What a caller says, or a choice that was made for them; ``fresh``: nothing of what was said before counts."""

    kind: Literal["text", "payload"]
    value: str
    #: The caller's language, or None while the words tell it; and the operator's.
    caller: Language | None
    own: Language
    fresh: bool


@dataclass(frozen=True)
class Fact:
    """A part of the words that was used, by what it is: ``words[start:end]``."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Choice:
    """What may be asked next, in each language, and the command that it stands for."""

    labels: Mapping[Language, str]
    payload: str


@dataclass(frozen=True)
class Source:
    """Whose facts an answer tells; ``as_of`` is of when they are."""

    name: str
    url: str | None
    as_of: datetime | None
    realtime: bool
    sample: bool


@dataclass(frozen=True)
class Reply:
    """One message of the answer, in each language; ``text_ids`` are the texts that it is made of."""

    texts: Mapping[Language, str]
    choices: tuple[Choice, ...] = ()
    source: Source | None = None
    text_ids: tuple[str, ...] = ()
    #: What it tells as rows.
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True)
class Found:
    """The answer, and what was understood."""

    replies: tuple[Reply, ...]
    #: The caller's language; None where the words do not tell it.
    language: Language | None
    intent: str | None
    #: Questions that may be meant, the likeliest first.
    likely: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    #: The words as they were understood: numbers that nobody should type are masked.
    words: str = ""
    #: Whether the assistant asked something that the caller has to answer.
    asks: bool = False
    #: Whether it would do something later in a chat, which a caller has none of: tell of a collection, for instance.
    needs_chat: bool = False


class HelperDownError(Exception):
    """The assistant cannot be asked."""


class Helper(Protocol):
    """Answers callers' questions; keeps nothing of them but the one that is open, for as long as it is."""

    async def ask(self, conversation_id: str, question: Question) -> Found:
        """Return the answer. Raises HelperDownError."""
        ...

    async def forget(self, conversation_id: str) -> None:
        """Forget the question that is open, as far as the assistant can be reached."""
        ...
