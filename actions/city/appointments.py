"""What the actions ask of the façade about appointments at planning desks: free slots, booking, cancelling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Protocol
from urllib.parse import quote

from actions.city.asking import Asking, one, segment
from actions.city.models import Answer, CommuneRef, Name, Shape
from kit.languages import Language

_PATH: Final = "/v1/permits/appointments"
#: Longest proof sent.
_MAX_PROOF: Final = 100


class DeskSubject(Shape):
    """What one can come for, and what to bring along; texts are in the language asked for."""

    id: str
    name: str
    bring: str | None = None


class Desk(Shape):
    """A commune's planning desk."""

    commune: CommuneRef
    name: str
    address: Name
    subjects: tuple[DeskSubject, ...]


class Slot(Shape):
    """A slot that can be booked."""

    starts_at: datetime


class Slots(Answer):
    """The free slots of a desk, in order."""

    desk: Desk
    items: tuple[Slot, ...]


class Appointment(Answer):
    """An appointment; ``state`` is ``booked``, ``cancelled`` or ``over``."""

    reference: str
    state: str
    starts_at: datetime
    desk: Desk
    subject: DeskSubject


class Booked(Appointment):
    """An appointment that was just made, with the key that is told once."""

    key: str


@dataclass(frozen=True)
class Proof:
    """What shows that one made an appointment: its key, or the e-mail address or phone number that was given."""

    key: str | None = None
    contact: str | None = None

    def headers(self) -> dict[str, str]:
        """Return the headers that carry it."""
        if self.key:
            return {"Appointment-Key": quote(self.key[:_MAX_PROOF], safe="")}
        return {"Appointment-Contact": quote((self.contact or "")[:_MAX_PROOF], safe="")}


class AppointmentsCity(Protocol):
    """The façade on appointments; see ``actions.city.port.City`` for what every method raises."""

    async def free_slots(self, commune: str, language: Language, *, first: date | None = None, days: int = 1) -> Slots:
        """Return the slots that can be booked (default: from today); ``commune_not_found``, ``no_desk``."""
        ...

    async def book_appointment(self, new: Mapping[str, Any], key: str, language: Language) -> Booked:
        """Book a slot; with the same key, only once. ``slot_taken`` and ``no_such_slot`` suggest free ones."""
        ...

    async def appointment(self, reference: str, proof: Proof, language: Language) -> Appointment:
        """Return an appointment; ``appointment_not_found``, ``wrong_key``, ``appointment_cancelled``,
        ``appointment_over``."""
        ...

    async def cancel_appointment(self, reference: str, proof: Proof) -> None:
        """Give the slot back; the same problems."""
        ...


class AppointmentsAsking(Asking):
    """The façade on appointments over HTTP."""

    async def free_slots(self, commune: str, language: Language, *, first: date | None = None, days: int = 1) -> Slots:
        """Return the slots that can be booked."""
        given = {"commune": commune, "lang": language, "from": first.isoformat() if first else None, "days": days}
        return one(Slots, await self.get(f"{_PATH}/slots", given))

    async def book_appointment(self, new: Mapping[str, Any], key: str, language: Language) -> Booked:
        """Book a slot."""
        return one(Booked, await self.post(_PATH, new, key, {"lang": language}))

    async def appointment(self, reference: str, proof: Proof, language: Language) -> Appointment:
        """Return an appointment."""
        path = f"{_PATH}/{segment(reference)}"
        return one(Appointment, await self.get(path, {"lang": language}, proof.headers()))

    async def cancel_appointment(self, reference: str, proof: Proof) -> None:
        """Give the slot back."""
        await self.delete(f"{_PATH}/{segment(reference)}", proof.headers())
