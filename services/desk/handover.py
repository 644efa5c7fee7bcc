"""The port of the hand-over: who waits for a person, who has whom, what is said, and what is live of it.

Ids of operators are the desk's; the hand-over only compares them. Every look at a conversation is noted by it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from kit.languages import Language

State = Literal["assistant", "waiting", "operator", "closed"]
Author = Literal["assistant", "operator", "resident", "system"]
Status = Literal["available", "away"]


class GoneError(Exception):
    """The conversation is not there any more, or never was."""


class NotYoursError(Exception):
    """Somebody else has the conversation, or nobody has."""


@dataclass(frozen=True)
class Chat:
    """A conversation in a list: of those who wait, of an operator's own, of everybody's."""

    conversation_id: str
    state: State
    channel: str
    language: Language | None
    #: What it is about, as an id of ``topic_<id>`` in the desk's texts.
    topic: str
    #: The resident's last question, as far as it fits on a line.
    question: str
    since: datetime
    last_seq: int
    last_author: Author
    team: str | None = None
    owner_id: str | None = None
    owner_name: str | None = None
    #: Whether the assistant proposes answers, and whether one waits for a click.
    approves: bool = False
    proposes: bool = False


@dataclass(frozen=True)
class Fact:
    """Something that is known: which (an id of ``fact_<id>``), and what."""

    name: str
    value: str


@dataclass(frozen=True)
class Card:
    """What there is to know of a conversation before reading it."""

    chat: Chat
    code: str | None
    facts: tuple[Fact, ...] = ()
    answered: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """Something that was said. ``delivery``: of an operator's words, how far they are."""

    seq: int
    at: datetime
    author: Author
    language: Language | None
    text: str
    name: str | None = None
    delivery: Literal["waiting", "delivered", "failed"] | None = None


@dataclass(frozen=True)
class Suggestion:
    """What the assistant would say."""

    text: str
    language: Language
    source: str | None = None


@dataclass(frozen=True)
class Proposal:
    """An answer of the assistant that waits for a click; ``seq``: of the resident's message that it answers."""

    seq: int
    text: str
    language: Language | None
    source: str | None = None


@dataclass(frozen=True)
class Note:
    """What an operator noted for colleagues."""

    at: datetime
    name: str
    text: str


@dataclass(frozen=True)
class Access:
    """That somebody looked at a conversation, or did something with it (an id of ``access_<id>``)."""

    at: datetime
    name: str
    what: str


@dataclass(frozen=True)
class Person:
    """Somebody at the desk."""

    operator_id: str
    name: str
    status: Status
    teams: tuple[str, ...]
    languages: tuple[Language, ...]
    chats: int


@dataclass(frozen=True)
class Queue:
    """How many wait, for which team and in which language, and since when the first of them does."""

    team: str | None
    language: Language | None
    waiting: int
    since: datetime


@dataclass(frozen=True)
class Overview:
    """What supervisors see."""

    queues: Sequence[Queue]
    people: Sequence[Person]
    chats: Sequence[Chat]


@dataclass(frozen=True)
class Event:
    """Something new: in the ``queue``, in somebody's ``chats``, in a ``chat``; ``typing``; among ``people``; in how far
    an operator's words are (``delivery``).

    ``queue`` names a conversation where one has begun to wait, ``chats`` where it has another owner.
    """

    kind: Literal["queue", "chats", "chat", "typing", "people", "delivery"]
    conversation_id: str | None = None
    author: Author | None = field(default=None)


class HandOver(Protocol):
    """Conversations between residents and operators. Each method on a conversation may raise GoneError."""

    async def queue(self, teams: Sequence[str]) -> Sequence[Chat]:
        """Return who waits for one of the teams, the longest first; for any where none is named."""
        ...

    async def mine(self, operator_id: str) -> Sequence[Chat]:
        """Return the conversations that somebody has, the oldest first."""
        ...

    async def take(self, conversation_id: str, operator_id: str) -> bool:
        """Take a conversation that waits; False where somebody else was first."""
        ...

    async def card(self, conversation_id: str, operator_id: str) -> Card:
        """Return what is known; that it was looked at is noted, once for as long as the same page is likely open."""
        ...

    async def transcript(self, conversation_id: str, operator_id: str, after: int = 0) -> Sequence[Line]:
        """Return what was said after a message's number."""
        ...

    async def say(
        self, conversation_id: str, operator_id: str, client_id: str, text: str, language: Language | None
    ) -> None:
        """Say something to the resident; once for the same ``client_id``. Raises NotYoursError."""
        ...

    async def suggest(self, conversation_id: str) -> Sequence[Suggestion]:
        """Return what the assistant would answer now."""
        ...

    async def approve(self, conversation_id: str, operator_id: str, *, on: bool) -> None:
        """Let the assistant propose answers that wait for a click, or no more. Raises NotYoursError."""
        ...

    async def proposal(self, conversation_id: str) -> Proposal | None:
        """Return the answer that waits for a click, if one does."""
        ...

    async def say_proposed(self, conversation_id: str, operator_id: str, seq: int, text: str) -> bool:
        """Say a proposal, as it was or changed; False where it does not wait any more. Raises NotYoursError."""
        ...

    async def ignore_proposed(self, conversation_id: str, operator_id: str, seq: int) -> bool:
        """Drop a proposal; False where it does not wait any more. Raises NotYoursError."""
        ...

    async def note(self, conversation_id: str, operator_id: str, text: str) -> None:
        """Note something for colleagues; residents never see it."""
        ...

    async def notes(self, conversation_id: str) -> Sequence[Note]:
        """Return what was noted."""
        ...

    async def transfer(
        self,
        conversation_id: str,
        operator_id: str,
        *,
        to_operator: str | None = None,
        to_team: str | None = None,
    ) -> None:
        """Hand a conversation to a colleague, or back into a team's queue. Raises NotYoursError."""
        ...

    async def give_back(self, conversation_id: str, operator_id: str, settled: str) -> None:
        """Give a conversation back to the assistant, with what was settled. Raises NotYoursError."""
        ...

    async def close(self, conversation_id: str, operator_id: str) -> None:
        """End a conversation. Raises NotYoursError."""
        ...

    async def reassign(self, conversation_id: str, supervisor_id: str, to_operator: str) -> None:
        """Give a conversation to somebody else, whoever has it."""
        ...

    async def typing(self, conversation_id: str, operator_id: str) -> None:
        """Tell the resident that an answer is being written."""
        ...

    async def present(
        self,
        operator_id: str,
        name: str,
        teams: Sequence[str],
        languages: Sequence[Language],
        status: Status,
    ) -> None:
        """Say that somebody is at the desk; without it for a grace time, their conversations wait again."""
        ...

    async def people(self) -> Sequence[Person]:
        """Return who is at the desk."""
        ...

    async def overview(self) -> Overview:
        """Return everything at a glance."""
        ...

    async def by_code(self, code: str, operator_id: str) -> str | None:
        """Return the conversation whose resident reads out a code; None where there is none."""
        ...

    async def accesses(self, conversation_id: str) -> Sequence[Access]:
        """Return who looked at a conversation and did what with it, the first first."""
        ...

    def events(self, operator_id: str) -> AbstractAsyncContextManager[AsyncIterator[Event]]:
        """Give what is new for somebody from now on: the queue, their conversations, their colleagues."""
        ...
