"""Endpoints of appointments."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Depends, Header, Path, Query, Response

from services.city.core.dependencies import ClockDep, LanguageDep, SessionDep, WriteSessionDep
from services.city.core.errors import documented
from services.city.core.idempotency import KeyHeader, once
from services.city.permits.appointments import offering, service
from services.city.permits.appointments.calendar import calendar_file
from services.city.permits.appointments.keys import Proof
from services.city.permits.appointments.schemas import AppointmentAnswer, BookedAnswer, NewAppointment, SlotsAnswer

router = APIRouter(prefix="/v1/permits/appointments", tags=["permits"])

CommuneId = Annotated[str, Query(description="A commune's id.", examples=["ixelles"], min_length=1, max_length=80)]
SubjectId = Annotated[
    str | None, Query(description="What it is about: one of the desk's subjects.", examples=["question"], max_length=60)
]
First = Annotated[date | None, Query(alias="from", description="The first day; today where none is given.")]
Days = Annotated[int, Query(description="How many days from there on.", ge=1, le=62)]
Reference = Annotated[
    str,
    Path(
        description="The appointment's reference; spaces, dashes and small letters do no harm.",
        examples=["RDV-2026-7K3M9QXD"],
        max_length=60,
    ),
]
AppointmentKey = Annotated[
    str | None,
    Header(alias="Appointment-Key", description="The key that was told when it was booked.", max_length=200),
]
AppointmentContact = Annotated[
    str | None,
    Header(
        alias="Appointment-Contact",
        description="Instead of the key: the e-mail address or phone number that was given, percent-encoded.",
        max_length=600,
    ),
]


async def _proof(key: AppointmentKey = None, contact: AppointmentContact = None) -> Proof:
    return Proof(key, unquote(contact) if contact else None)


ProofDep = Annotated[Proof, Depends(_proof)]


@router.get(
    "/slots",
    operation_id="appointment_slots",
    summary="Free slots at a commune's planning desk",
    response_description="The slots that can be booked, in their order, and the days without any.",
    responses=documented(404, 422, 503),
)
def appointment_slots(
    *,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    commune: CommuneId,
    subject: SubjectId = None,
    first: First = None,
    days: Days = 14,
) -> SlotsAnswer:
    """List the slots that are free, with the subjects that the desk takes and what to bring along.

    Errors: `commune_not_found`; `no_desk` (404) names the communes whose desks take appointments here;
    `unknown_subject` (422).
    """
    return offering.free_slots(session, clock, language, commune=commune, subject=subject, first=first, days=days)


@router.post(
    "",
    operation_id="book_appointment",
    summary="Book a slot at a commune's planning desk",
    response_description="The appointment, with its reference and the key that shows or cancels it.",
    status_code=HTTPStatus.CREATED,
    responses=documented(400, 404, 409, 422, 503),
)
def book_appointment(
    *,
    new: NewAppointment,
    session: WriteSessionDep,
    clock: ClockDep,
    language: LanguageDep,
    key: KeyHeader = None,
) -> BookedAnswer:
    """Book a slot; a seat is given once, however many ask for it at the same time.

    Name and contact are in no answer, and are erased when the appointment is over or cancelled. Errors:
    `commune_not_found`, `no_desk` (404); `unknown_subject`, `no_such_slot` (422) and `slot_taken` (409), both with the
    next free slots as suggestions.
    """
    answer = once(
        session,
        key,
        scope="book_appointment",
        asked=new,
        now=clock.now(),
        write=lambda: service.book(session, clock, language, new),
    )
    return BookedAnswer.model_validate(answer)


@router.get(
    "/{reference}",
    operation_id="appointment",
    summary="An appointment",
    response_description="When and where it is, and whether it stands.",
    responses=documented(403, 404, 409, 422, 503),
)
def appointment(
    reference: Reference, session: SessionDep, clock: ClockDep, language: LanguageDep, proof: ProofDep
) -> AppointmentAnswer:
    """Return an appointment to whom has its key, or gives the contact that was given.

    Errors: `appointment_not_found` (404), `wrong_key` (403); by contact, which is forgotten then,
    `appointment_cancelled` and `appointment_over` (409).
    """
    return service.look_up(session, clock, language, reference, proof)


@router.get(
    "/{reference}/calendar.ics",
    operation_id="appointment_calendar",
    summary="An appointment as a calendar file",
    response_description="An iCalendar file with one event.",
    response_class=Response,
    responses={
        **documented(403, 404, 409, 422, 503),
        200: {"content": {"text/calendar": {"schema": {"type": "string"}}}},
    },
)
def appointment_calendar(
    reference: Reference, session: SessionDep, clock: ClockDep, language: LanguageDep, proof: ProofDep
) -> Response:
    """Return an appointment as an iCalendar file, with an alarm a day before.

    Errors: `appointment_not_found` (404), `wrong_key` (403).
    """
    found = service.look_up(session, clock, language, reference, proof)
    headers = {"Content-Disposition": f'attachment; filename="{found.reference}.ics"'}
    content = calendar_file(found, language, clock.now())
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


@router.delete(
    "/{reference}",
    operation_id="cancel_appointment",
    summary="Cancel an appointment",
    response_description="It is cancelled, and who booked it is forgotten.",
    status_code=HTTPStatus.NO_CONTENT,
    responses=documented(403, 404, 409, 422, 503),
)
def cancel_appointment(reference: Reference, session: WriteSessionDep, clock: ClockDep, proof: ProofDep) -> Response:
    """Give the slot back; once more changes nothing.

    Errors: `appointment_not_found` (404), `wrong_key` (403), `appointment_over` (409); once more by contact, which is
    forgotten then, `appointment_cancelled` (409).
    """
    service.cancel(session, clock, reference, proof)
    return Response(status_code=HTTPStatus.NO_CONTENT)
