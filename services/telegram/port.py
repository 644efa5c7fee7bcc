"""What the channel needs of the conversations, of their database and of the city's files, whoever has them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol, TypeVar

from sqlalchemy import Connection

from kit.languages import Language

T = TypeVar("T")


class Storage(Protocol):
    """Runs units of work on the database that the channel's tables stand in."""

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run work that only reads."""
        ...

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run work in a transaction."""
        ...

    def alone(self, key: str) -> AbstractAsyncContextManager[bool]:
        """Let no other process do what it does with the same key."""
        ...

    async def forget(self) -> None:
        """Overwrite what was deleted."""
        ...


@dataclass(frozen=True)
class Choice:
    """A choice on offer; the id tells nothing."""

    id: str
    label: str


@dataclass(frozen=True)
class Source:
    """Where the facts of a message come from."""

    name: str
    url: str | None = None
    as_of: datetime | None = None
    realtime: bool | None = None
    sample: bool = False


@dataclass(frozen=True)
class Message:
    """What is said to the resident, as plain text, with the cards that say more than it."""

    id: str
    text: str
    language: Language | None
    author: str = "assistant"
    choices: tuple[Choice, ...] = ()
    cards: tuple[dict[str, Any], ...] = ()
    source: Source | None = None


@dataclass(frozen=True)
class Reply:
    """What is said to something; ``over``: the conversation is erased, and this is the last of it."""

    messages: tuple[Message, ...]
    language: Language | None
    over: bool = False


@dataclass(frozen=True)
class Opened:
    """A new conversation and its greeting."""

    id: str
    messages: tuple[Message, ...]
    language: Language | None


@dataclass(frozen=True)
class Said:
    """What a resident says: one of words, a choice, a place, a photo.

    ``meaning`` makes words a choice that the channel itself has on offer, such as a command of its menu.
    """

    text: str | None = None
    choice: str | None = None
    place: tuple[float, float] | None = None  # latitude, longitude (WGS 84)
    photo: str | None = None
    meaning: str | None = None


@dataclass(frozen=True)
class File:
    """A file to hand over."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Refused(Exception):  # noqa: N818 - what was said is refused; nothing failed
    """The conversations do not take it; ``text`` says why, in the resident's language."""

    code: str
    text: str = field(repr=False)


class Conversations(Protocol):
    """The conversations, for a channel that vouches for its residents. Each method may raise :class:`Refused`."""

    async def open(self, language: Language | None) -> Opened:
        """Open a conversation, in a language where one is known."""
        ...

    async def say(self, conversation_id: str, client_id: str, said: Said) -> Reply:
        """Say something; with the same ``client_id`` again it is said once, and the answer is the same."""
        ...

    async def again(self, conversation_id: str, client_id: str, message_id: str) -> Reply:
        """Ask once more what a message with departures answers."""
        ...

    async def add_photo(self, conversation_id: str, content: bytes) -> str:
        """Keep a photo and return its id, to be said."""
        ...

    async def export(self, conversation_id: str, form: Literal["text", "json", "zip"]) -> File:
        """Return a copy of everything that is kept."""
        ...

    async def calendar(self, link: str) -> File | None:
        """Return the file behind a calendar's link; None where it cannot be had now."""
        ...

    async def unreachable(self, conversation_id: str) -> None:
        """End all that would be said unasked: the resident cannot be reached any more."""
        ...


@dataclass(frozen=True)
class Delivered:
    """Telegram has the message."""


@dataclass(frozen=True)
class RetryLater:
    """Telegram cannot take it now."""

    after_s: float | None = None


@dataclass(frozen=True)
class Gone:
    """The chat is blocked, deleted or not known any more."""


Outcome = Delivered | RetryLater | Gone
