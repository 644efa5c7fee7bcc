"""What the chat needs of a dialogue engine, whichever it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from kit.languages import Language
from kit.tasks import Kept
from kit.understanding import Outcome
from services.gateway.dialogue.tasks import Effect


@dataclass(frozen=True)
class Said:
    """What a resident said: words, or the command that a choice stands for (never both, never typed); one of kind
    ``desk`` is the gateway's own."""

    kind: Literal["text", "payload", "desk"]
    value: str
    #: The texts that say what was taken out of the words, because nobody should type it into a chat.
    masked: tuple[str, ...] = ()
    #: Whether the words may be kept as they are, to be said again after a failure.
    kept: bool = True


@dataclass(frozen=True)
class Offer:
    """A choice as the engine offers it; ``kind`` tells what ``meaning`` is said as when it is chosen."""

    label: str
    kind: Literal["text", "payload", "desk"]
    meaning: str


@dataclass(frozen=True)
class Draft:
    """A message of the assistant, before it has an id and a place in the conversation."""

    text: str
    language: Language | None
    choices: tuple[Offer, ...] = ()
    cards: tuple[dict[str, Any], ...] = ()
    source: dict[str, Any] | None = None


@dataclass(frozen=True)
class Conversing:
    """The conversation that a message is said in: what the engine does not keep itself."""

    id: str
    channel: str
    language: Language | None = None
    kept: Kept = field(default_factory=Kept)


@dataclass(frozen=True)
class Reading:
    """What the engine understood of a question, and what came of it (``kit.understanding``); no word of it."""

    intent: str
    outcome: Outcome
    typed: bool
    guess: str | None = None
    second: str | None = None
    confidence: float | None = None
    facts: tuple[str, ...] = ()
    commune: str | None = None


@dataclass(frozen=True)
class Answer:
    """What the engine says to a message, and has the gateway do; ``language`` is None while it is not known."""

    drafts: tuple[Draft, ...] = field(default=())
    language: Language | None = None
    tasks: tuple[Effect, ...] = field(default=())
    #: Said whoever has the conversation: an emergency waits for nobody.
    urgent: bool = False
    #: What was understood, a question each.
    readings: tuple[Reading, ...] = field(default=())


class DialogueError(Exception):
    """The engine gave no answer that can be shown."""


class DialogueDownError(DialogueError):
    """The engine cannot be reached, or takes too long."""


class Dialogue(Protocol):
    """Answers messages; keeps where each conversation stands."""

    async def answer(self, conversation: Conversing, said: Said) -> Answer:
        """Return the answer. Raises DialogueError."""
        ...

    async def urgent(self, conversation: Conversing, said: Said) -> Answer:
        """Return the answer where the message tells of an emergency, else none. Raises DialogueError."""
        ...

    async def aside(self, conversation: Conversing, said: Said) -> Answer:
        """Return what the answer would be: nothing is kept of it, and its tasks are not to be done.

        Raises DialogueError.
        """
        ...

    async def forget(self, conversation_id: str) -> None:
        """Forget what was said in a conversation, as far as the engine can be reached."""
        ...

    async def ready(self) -> bool:
        """Tell whether the engine answers."""
        ...
