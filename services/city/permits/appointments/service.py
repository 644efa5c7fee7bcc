"""Appointments as answers: a booking, looking it up, cancelling it, and forgetting who came."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final, Literal

from sqlalchemy.orm import Session

from kit.clock import BRUSSELS, Clock
from kit.languages import Language
from services.city.core import audit
from services.city.core.errors import CityError, NotFoundError
from services.city.core.forgetting import forget
from services.city.core.schemas import stated
from services.city.models.permits import Appointment
from services.city.permits.appointments import keys, repository
from services.city.permits.appointments.desks import desk_info, find_desk, find_subject, subject_info
from services.city.permits.appointments.facts import DeskFacts
from services.city.permits.appointments.offering import next_free
from services.city.permits.appointments.schemas import AppointmentAnswer, BookedAnswer, NewAppointment
from services.city.permits.appointments.slots import Slot, slots_between

#: References are drawn anew where one exists already, which is next to impossible.
_TRIES: Final = 4


def book(session: Session, clock: Clock, language: Language, new: NewAppointment) -> BookedAnswer:
    """Book a slot; the caller commits.

    Raises also CityError ``no_such_slot`` (422) and ``slot_taken`` (409), each with the next free slots.
    """
    erase_past(session, clock.now())
    where, desk, datasets = find_desk(session, new.commune)
    subject = find_subject(desk, new.subject, language)
    slot = next((each for each in _day(desk, new.starts_at, clock.now()) if each.start == new.starts_at), None)
    if slot is None:
        detail = "No slot that can be booked starts then."
        raise CityError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "no_such_slot",
            detail,
            next_free(session, desk, new.starts_at, clock.now()),
        )
    key, row = keys.new_key(), _row(new, slot, new.language or language, clock.now())
    reference = _insert(session, {**row, "desk": desk.commune, "key_sha256": keys.digest(key)}, desk.capacity)
    if reference is None:
        detail = "Others were quicker: the slot is full."
        raise CityError(HTTPStatus.CONFLICT, "slot_taken", detail, next_free(session, desk, slot.start, clock.now()))
    source, as_of = stated(datasets, clock.now())
    return BookedAnswer(
        source=source,
        as_of=as_of,
        reference=reference,
        key=key,
        state="booked",
        starts_at=slot.start,
        ends_at=slot.end,
        desk=desk_info(desk, where, language),
        subject=subject_info(subject, language),
    )


def look_up(session: Session, clock: Clock, language: Language, written: str, proof: keys.Proof) -> AppointmentAnswer:
    """Return an appointment to whom it belongs.

    Raises NotFoundError ``appointment_not_found`` and CityError ``wrong_key``; where there is no key and the contact is
    forgotten, ``appointment_cancelled`` or ``appointment_over`` (409).
    """
    found = _owned(session, written, proof, clock.now())
    where, desk, datasets = find_desk(session, found.desk)
    subject = next((each for each in desk.subjects if each.id == found.subject), desk.subjects[0])
    source, as_of = stated(datasets, clock.now())
    return AppointmentAnswer(
        source=source,
        as_of=as_of,
        reference=found.reference,
        state=_state(found, clock.now()),
        starts_at=repository.utc(found.starts_at).astimezone(BRUSSELS),
        ends_at=repository.utc(found.ends_at).astimezone(BRUSSELS),
        desk=desk_info(desk, where, language),
        subject=subject_info(subject, language),
    )


def cancel(session: Session, clock: Clock, written: str, proof: keys.Proof) -> None:
    """Give the seat of an appointment back and forget who booked it; once more changes nothing. The caller commits.

    Raises also CityError ``appointment_over`` (409).
    """
    found = _owned(session, written, proof, clock.now())
    state = _state(found, clock.now())
    if state == "over":
        raise CityError(HTTPStatus.CONFLICT, "appointment_over", "The appointment is over.")
    if state == "booked":
        found.cancelled_at = clock.now().astimezone(UTC)
        found.name = found.contact = found.dossier = None
        repository.forget_answers(session, found.reference)
        audit.note(session, clock.now(), audit.RESIDENT, "cancel_appointment")
        forget(session)
        session.flush()


def erase_past(session: Session, now: datetime) -> int:
    """Forget who came to the appointments that are over; return how many were forgotten. The caller commits."""
    return repository.erase_contacts(session, now)


def _row(new: NewAppointment, slot: Slot, language: str, now: datetime) -> dict[str, Any]:
    return {
        "subject": new.subject,
        "starts_at": slot.start.astimezone(UTC),
        "ends_at": slot.end.astimezone(UTC),
        "dossier": new.dossier,
        "language": language,
        "name": new.name,
        "contact": new.email or new.phone,
        "booked_at": now.astimezone(UTC),
    }


def _insert(session: Session, row: dict[str, Any], capacity: int) -> str | None:
    """Store an appointment at a free seat and return its reference; None where no seat is free."""
    for _ in range(_TRIES):
        reference = keys.new_reference(row["starts_at"].year)
        if repository.by_reference(session, reference) is None:
            return reference if repository.book(session, {**row, "reference": reference}, range(capacity)) else None
    raise RuntimeError("no free reference")


def _owned(session: Session, written: str, proof: keys.Proof, now: datetime) -> Appointment:
    found = repository.by_reference(session, keys.written_reference(written))
    if found is None:
        raise NotFoundError("appointment_not_found", f"There is no appointment {written[:40]!r}.")
    if keys.fits(proof.key, found.key_sha256):
        return found
    if proof.contact and found.contact is None:  # nobody's any more: only its state can be told
        state = _state(found, now)
        raise CityError(HTTPStatus.CONFLICT, f"appointment_{state}", f"The appointment is {state}.")
    if not keys.same_contact(proof.contact, found.contact):
        raise CityError(HTTPStatus.FORBIDDEN, "wrong_key", "The key does not belong to the appointment.")
    return found


def _state(appointment: Appointment, now: datetime) -> Literal["booked", "cancelled", "over"]:
    if appointment.cancelled_at is not None:
        return "cancelled"
    return "over" if repository.utc(appointment.ends_at) <= now else "booked"


def _day(desk: DeskFacts, instant: datetime, now: datetime) -> list[Slot]:
    """Return the slots of an instant's day that can be booked."""
    try:
        day = instant.astimezone(BRUSSELS).date()
    except OverflowError:
        return []
    return slots_between(desk, day, day, now)
