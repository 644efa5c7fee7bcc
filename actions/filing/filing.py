"""A kind of request: its facts in the order in which they are asked, what opens and sends it, the replies around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from actions.filing.draft import Draft
from actions.filing.fields import Field
from actions.filing.senders import Sender
from actions.speech import ask
from actions.turn import Turn
from kit.replies import Part


@dataclass(frozen=True)
class Wording:
    """The replies around a draft: what would be sent, whether to send it, and that it could not be."""

    shown: str = "filing_shown"
    send: str = "filing_send"
    yes: str = "choice_filing_send"
    no: str = "choice_filing_change"
    not_sent: str = "filing_not_sent"
    #: Said to a "no" where nothing can be changed; None: what to change is asked.
    declined: str | None = None


@dataclass(frozen=True)
class Filing:
    """One subject that ends in something sent."""

    subject: str
    fields: tuple[Field, ...]
    sender: Sender
    contact: str = "contact_city"
    #: The intent that it belongs to; the subject itself where none is given.
    of: str | None = None
    #: Which messages of the intent open it; None: an answer offers it first.
    opens: Callable[[Turn], bool] | None = field(default=lambda _: True)
    #: Facts that a choice carries to come back to a draft of this subject rather than another of the same intent.
    back: Callable[[Draft], dict[str, str]] = field(default=lambda _: {})
    wording: Wording = Wording()

    @property
    def intent(self) -> str:
        """The intent that it belongs to."""
        return self.of or self.subject

    def field(self, name: str | None) -> Field | None:
        """Return a field by its name."""
        return next((each for each in self.fields if each.name == name), None)

    def try_again(self, draft: Draft) -> Part:
        """Return the choice that comes back to a draft."""
        return ask("choice_try_again", self.intent, **self.back(draft))
