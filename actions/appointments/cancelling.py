"""Shows an appointment that stands, and cancels it after a yes."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from actions.answers import merged
from actions.appointments.booking import KEY_MARK, SUBJECT
from actions.appointments.moments import moment
from actions.city.appointments import Proof
from actions.city.errors import CityProblemError
from actions.cues import labels_in
from actions.filing.draft import Draft, Fact, Leave, Question, Taken
from actions.filing.fields import PICK, ContactField, Field
from actions.filing.senders import Receipt
from actions.services import Services
from actions.speech import ask
from actions.turn import Turn
from kit.languages import LANGUAGES, Language
from kit.replies import text

_CUES: Final = Path(__file__).with_name("errand.yml")
_REFERENCE: Final = re.compile(r"\bRDV[\s.-]*(\d{4})[\s.-]*([0-9A-Z]{8})\b", re.IGNORECASE)
#: What every reference begins with.
_MARK: Final = "RDV"
#: What has become of an appointment where nothing is left to cancel.
_ENDED: Final = {"cancelled": "appointment_cancelled_already", "over": "appointment_over"}


def is_about_one_that_stands(turn: Turn) -> bool:
    """Tell whether a message is about an appointment that was made: it has a reference, or says so."""
    offered = (turn.entity(PICK) or "").startswith(_MARK)
    return offered or _reference(turn) is not None or "standing" in labels_in(turn.text, _CUES)


def way_back(draft: Draft) -> dict[str, str]:
    """Return what a choice carries to come back to this draft."""
    known = draft.value("reference") or {}
    return {PICK: known.get("reference", _MARK)}


class ReferenceField(Field):
    """The appointment's reference, with its key where a choice carried it."""

    name, shown, label = "reference", "appointment_reference", "appointment_change_reference"

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the reference that a message has."""
        del services
        reference = _reference(turn)
        known = draft.value(self.name) or {}
        if reference is None or (known.get("reference") == reference and not _key(turn)):
            return None
        return Fact({"reference": reference, "key": _key(turn)}, reference)

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take it."""
        return await self.found(turn, draft, services)

    def asked(self, draft: Draft) -> Question:
        """Return the question."""
        del draft
        return Question("ask_appointment_reference")


class ProofField(ContactField):
    """The contact that was given when it was booked; it is not asked for where the key is known."""

    name, shown, label = "proof", "filing_contact", "filing_change_contact"
    follows = frozenset({"reference"})

    async def prepare(self, draft: Draft, services: Services) -> Taken:
        """Go without it where the key is known."""
        del services
        return Fact({}) if (draft.value("reference") or {}).get("key") else None

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the address or the number; it is not shown."""
        return _unshown(await super().found(turn, draft, services))

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the address or the number; it is not shown."""
        return _unshown(await super().taken(turn, draft, services))

    def asked(self, draft: Draft) -> Question:
        """Return the question."""
        del draft
        return Question("ask_appointment_contact")


class StandingField(Field):
    """The appointment itself, as it stands: shown before it is cancelled."""

    name, shown, label = "standing", "appointment_stands", None
    follows = frozenset({"reference", "proof"})

    async def prepare(self, draft: Draft, services: Services) -> Taken:
        """Look it up; where it is not found or another's, ask for the reference and the contact again."""
        known = draft.value("reference")
        try:
            found = await asyncio.gather(
                *(services.city.appointment(known["reference"], _proof(draft), each) for each in LANGUAGES)
            )
        except CityProblemError as error:
            ended = _ENDED.get(error.code.removeprefix("appointment_"))
            return Leave(ended) if ended else self._unknown(draft)
        first = found[0]
        if first.state in _ENDED:
            return Leave(_ENDED[first.state])
        desk = merged({language: each.desk.name for language, each in zip(LANGUAGES, found, strict=True)})
        return Fact(first.reference, text("appointment_at_desk", moment=moment(first.starts_at), desk=desk))

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take nothing: a reference or a contact is taken by their fields."""
        del turn, draft, services
        return None

    def asked(self, draft: Draft) -> Question:
        """Return the question that a wrong reference leaves."""
        return self._unknown(draft)

    def _unknown(self, draft: Draft) -> Question:
        return Question("appointment_not_found", params={"reference": draft.value("reference")["reference"]})


class CancellingSender:
    """Gives the slot back."""

    async def send(self, draft: Draft, services: Services, languages: Sequence[Language]) -> Receipt:
        """Cancel it; that it was cancelled already is no failure."""
        del languages
        reference = draft.value("reference")["reference"]
        try:
            await services.city.cancel_appointment(reference, _proof(draft))
        except CityProblemError as error:
            if error.code != "appointment_cancelled":
                raise
        options = (ask("choice_appointment_new", SUBJECT),)
        return Receipt([text("appointment_cancelled", number=reference)], options=options)

    def mended(self, draft: Draft, error: CityProblemError) -> tuple[str, Question] | None:
        """Ask again for what did not fit."""
        if error.code not in {"appointment_not_found", "wrong_key", "appointment_over"}:
            return None
        return "standing", StandingField().asked(draft)


def _unshown(taken: Taken) -> Taken:
    return Fact(taken.value) if isinstance(taken, Fact) else taken


def _proof(draft: Draft) -> Proof:
    key = draft.value("reference").get("key")
    contact: dict[str, Any] = draft.value("proof") or {}
    return Proof(key=key) if key else Proof(contact=next(iter(contact.values()), None))


def _reference(turn: Turn) -> str | None:
    match = _REFERENCE.search(turn.entity(PICK) or "") or _REFERENCE.search(turn.text)
    return f"RDV-{match[1]}-{match[2]}".upper() if match else None


def _key(turn: Turn) -> str | None:
    return (turn.entity(PICK) or "").partition(KEY_MARK)[2] or None
