"""A request before it is sent: what is known of it, the open question, and the key that makes it happen once."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from kit.replies import Part, Value

#: Questions that are about no single fact: whether to send it, and what to change in it.
CONFIRM: Final = "confirm"
CHANGE: Final = "change"


@dataclass(frozen=True)
class Fact:
    """A fact as it is sent, and as it is shown; one without a label is not shown."""

    value: Any
    label: Value | None = None


@dataclass(frozen=True)
class Question:
    """Why an answer is not a fact yet: a reply to say with its parameters, and the choices that would settle it.

    ``ids`` are what the choices stand for, in their order; ``memory`` is what the field needs to read the
    answer; ``cards`` show the choices on channels that draw.
    """

    reply: str
    params: dict[str, Value] = field(default_factory=dict)
    options: list[dict[str, Any]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    memory: dict[str, Any] = field(default_factory=dict)
    cards: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Leave:
    """That there is nothing to send after all: the reply that says so."""

    reply: str


#: What a message means to a field: a fact, a question that would make it one, that nothing is to be sent, or nothing.
Taken = Fact | Question | Leave | None


@dataclass
class Draft:
    """A request of one subject."""

    subject: str
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    facts: dict[str, Fact] = field(default_factory=dict)
    #: The field that is asked for, or CONFIRM, or CHANGE.
    asking: str | None = None
    question: Question | None = None
    #: Answers to the open question that did not fit.
    misses: int = 0
    #: Why nothing is to be sent after all.
    left: Leave | None = None
    #: What is said once before the open question: the answer to a question about the request.
    aside: list[Part] = field(default_factory=list)
    #: Whether the conversation is in an application for messages, which brings them by itself; else on a page.
    in_messenger: bool = False
    #: Whether an operator fills it in for a caller.
    at_desk: bool = False

    def value(self, name: str) -> Any:
        """Return a fact's value, or None."""
        fact = self.facts.get(name)
        return fact.value if fact else None

    def take(self, name: str, taken: Taken) -> bool:
        """Note what a message means to a field; tell whether that changed anything."""
        if isinstance(taken, Fact):
            changed = self.facts.get(name) != taken
            self.facts[name] = taken
            if self.asking == name:
                self.question, self.misses = None, 0
            if changed:
                self.key = uuid.uuid4().hex  # something else would be sent
            return changed
        if isinstance(taken, Question):
            self.facts.pop(name, None)
            self.asking, self.question, self.misses = name, taken, 0  # it was understood, and leaves something open
            return True
        if isinstance(taken, Leave):
            self.left = taken
            return True
        return False

    def ask(self, name: str, question: Question | None = None) -> None:
        """Make a field's question the open one."""
        if self.asking != name:
            self.misses = 0
        self.asking, self.question = name, question

    def to_slot(self) -> dict[str, Any]:
        """Return it as the slot ``draft`` holds it."""
        return asdict(self)

    @classmethod
    def from_slot(cls, value: dict[str, Any]) -> Draft | None:
        """Return the draft in the slot, or None."""
        if not value.get("subject"):
            return None
        facts = {name: Fact(**fact) for name, fact in (value.get("facts") or {}).items()}
        question = Question(**value["question"]) if value.get("question") else None
        left = Leave(**value["left"]) if value.get("left") else None
        return cls(**{**value, "facts": facts, "question": question, "left": left})
