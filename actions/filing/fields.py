"""The base of a request's facts, and the simple ones: a text in the resident's own words, a contact."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Any, ClassVar, Final

from actions.filing.draft import Draft, Fact, Question, Taken
from actions.ordinals import ordinal
from actions.services import Services
from actions.speech import inform
from actions.turn import Turn
from kit.replies import text

#: A message that gives a fact and no more is as short as this: "le blanc", "the white one".
A_WORD: Final = 3
#: The entity of a choice that answers a field with one of its ids.
PICK: Final = "pick"
#: The fact by which a resident can be reached.
CONTACT: Final = "contact"


class Field(ABC):
    """One fact of a request."""

    name: ClassVar[str]
    #: The reply that names the fact in what is shown before sending, with ``{value}``.
    shown: ClassVar[str]
    #: The reply that names it among what can be changed; None: it cannot be.
    label: ClassVar[str | None]
    #: Whether any words are an answer.
    free: ClassVar[bool] = False
    #: Facts that it was found from: where one of them changes, it is found anew.
    follows: ClassVar[frozenset[str]] = frozenset()
    #: Facts that would choose it unasked: forgotten where it is to be changed.
    hints: ClassVar[frozenset[str]] = frozenset()
    #: Entities that answer it in a message of few words, whatever that was taken for.
    answered_by: ClassVar[frozenset[str]] = frozenset()
    #: Entities that name it; a message with others and none of these is about another fact.
    named_by: ClassVar[frozenset[str]] = frozenset()
    #: The choice by which it can be given before sending, where it is not asked for.
    offer: str | None = None

    def applies(self, draft: Draft) -> bool:
        """Tell whether it belongs to what would be sent, as far as that is known."""
        del draft
        return True

    async def prepare(self, draft: Draft, services: Services) -> Taken:
        """Return what is known before asking: the fact itself, or the question with its choices."""
        del draft, services
        return None

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Return the fact in a message that was not an answer to this field's question."""
        del turn, draft, services
        return None

    def knows(self, turn: Turn) -> bool:
        """Tell whether a message has words of this field's, whatever it was taken for."""
        return bool(self.answered_by & turn.entity_names()) and len(turn.text.split()) <= A_WORD

    @abstractmethod
    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Return what a message means as the answer to this field's question; None where it fits nothing."""

    @abstractmethod
    def asked(self, draft: Draft) -> Question:
        """Return the field's first question."""


def picked(turn: Turn, draft: Draft) -> str | None:
    """Return the id of the choice that was taken, by its button or by its number."""
    chosen = turn.entity(PICK)
    if chosen:
        return chosen
    ids = draft.question.ids if draft.question else []
    position = ordinal(turn.text, len(ids))
    return None if position is None else ids[position]


def choices(options: dict[str, Any]) -> dict[str, Any]:
    """Return the choices of a question, by their ids, as its arguments."""
    return {
        "ids": list(options),
        "options": [inform(label, **{PICK: value}) for value, label in options.items()],
    }


class Words(Field):
    """A text in the resident's own words; what was written to begin with is taken where it says enough."""

    free = True
    #: From this many words on, the first message says what is the matter.
    _ENOUGH: Final = 12
    #: A yes or a no of up to this many words is no more than that ("nee iets anders").
    _BARE: Final = 3
    _MOST_CHARACTERS: Final = 1000

    def __init__(self, name: str, question: str, shown: str, label: str, *, opening: bool = True) -> None:
        self.name, self.shown, self.label = name, shown, label  # type: ignore[misc]
        self._question, self._opening = question, opening

    def applies(self, draft: Draft) -> bool:
        """Tell whether it is needed: what is followed was described by somebody else."""
        return not draft.value("same")

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the message that started it."""
        del services
        starts = self._opening and turn.intent == draft.subject and draft.value(self.name) is None
        return self._fact(turn.text) if starts and len(turn.text.split()) >= self._ENOUGH else None

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the words; a bare yes or no, or a short question, describes nothing."""
        del draft, services
        words = len(turn.text.split())
        bare = turn.intent in {"affirm", "deny"} and words <= self._BARE
        asks = turn.text.rstrip().endswith("?") and words < self._ENOUGH
        described = any(character.isalpha() for character in turn.text) and not bare and not asks
        return self._fact(turn.text) if described else None

    def asked(self, draft: Draft) -> Question:
        """Return the question."""
        del draft
        return Question(self._question)

    def _fact(self, words: str) -> Fact:
        kept = "".join(each for each in words if each.isprintable() or each in "\n\t").strip()[: self._MOST_CHARACTERS]
        return Fact(kept, kept)


class ContactField(Field):
    """How to reach the resident: an e-mail address or a telephone number."""

    name, shown, label = CONTACT, "filing_contact", "filing_change_contact"
    _EMAIL: Final = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>]{1,190}\.[^@\s,;<>.]{2,24}")
    _PHONE: Final = re.compile(r"\+?\d[\d ./()-]{7,22}\d")
    #: A number in the middle of other words: it begins as phone numbers do, and is no date.
    _SURELY_PHONE: Final = re.compile(r"(?<![\d.,/-])(?!\d\d?[./-]\d\d?[./-](?:19|20)\d\d)(?:\+|0)[\d ./()-]{8,22}\d")
    _DIGITS: Final = 9

    def __init__(self, *, needed: bool = True) -> None:
        """``needed``: it is asked for; else it may be given."""
        self._needed = needed
        self.offer = None if needed else "choice_add_contact"

    async def prepare(self, draft: Draft, services: Services) -> Taken:
        """Go without it where it is not needed."""
        del draft, services
        return None if self._needed else Fact(None)

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take an address or a number that is written in any message."""
        del draft, services
        return self._contact(turn.text, self._SURELY_PHONE)

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the address or the number; a no goes on without where it is not needed."""
        del draft, services
        if not self._needed and turn.intent == "deny":
            return Fact(None)
        return self._contact(turn.text, self._PHONE)

    def asked(self, draft: Draft) -> Question:
        """Return the question."""
        del draft
        return Question("ask_contact" if self._needed else "ask_contact_if_wanted")

    def _contact(self, written: str, number: re.Pattern[str]) -> Fact | None:
        email, phone = self._EMAIL.search(written), number.search(written)
        if email:
            return Fact({"email": email[0]}, email[0])
        if phone and sum(character.isdigit() for character in phone[0]) >= self._DIGITS:
            plain = " ".join(re.sub(r"[()]", " ", phone[0]).split())
            return Fact({"phone": plain}, plain)
        return None


def yes_no(reply: str, **params: Any) -> Question:
    """Return a question that is answered with yes or no."""
    return Question(reply, params=params, **choices({"yes": text("choice_yes"), "no": text("choice_no")}))


def said_yes(turn: Turn, draft: Draft) -> bool | None:
    """Return whether a question was answered with yes; None for anything else."""
    chosen = picked(turn, draft)
    if chosen in {"yes", "no"}:
        return chosen == "yes"
    return {"affirm": True, "deny": False}.get(turn.intent)
