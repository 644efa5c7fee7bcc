"""The desk that a request names, and how answers show it."""

from __future__ import annotations

from http import HTTPStatus

from sqlalchemy.orm import Session

from kit.languages import Language
from services.city.core.errors import CityError, NotFoundError
from services.city.core.schemas import Commune, Name
from services.city.models.datasets import Dataset
from services.city.permits.appointments import repository
from services.city.permits.appointments.facts import DeskFacts, Subject
from services.city.permits.appointments.schemas import DeskInfo, SubjectInfo
from services.city.permits.communes import find_commune
from services.city.permits.repository import communes


def find_desk(session: Session, written: str) -> tuple[Commune, DeskFacts, list[Dataset]]:
    """Return the commune that is meant, its desk, and the dataset that it comes from.

    Raises NotFoundError ``commune_not_found``, and ``no_desk`` with the communes whose desks take appointments.
    """
    where = find_commune(session, written)
    desk, datasets = repository.desk(session, where.id)
    if desk is None:
        known = communes(session)
        others = [known[each] for each in repository.desks(session) if each in known]
        detail = f"Appointments with the planning desk of {where.name.fr} - {where.name.nl} are not made here."
        raise NotFoundError("no_desk", detail, others)
    return where, desk, datasets


def find_subject(desk: DeskFacts, written: str, language: Language) -> Subject:
    """Return a subject of a desk; CityError ``unknown_subject`` with those there are."""
    found = next((each for each in desk.subjects if each.id == written), None)
    if found is None:
        known = [subject_info(each, language) for each in desk.subjects]
        detail = f"The desk has no subject {written[:60]!r}."
        raise CityError(HTTPStatus.UNPROCESSABLE_ENTITY, "unknown_subject", detail, known)
    return found


def subject_info(subject: Subject, language: Language) -> SubjectInfo:
    """Return a subject as answers show it."""
    return SubjectInfo(
        id=subject.id,
        name=subject.name.to(language),
        bring=subject.bring.to(language) if subject.bring else None,
    )


def desk_info(desk: DeskFacts, where: Commune, language: Language) -> DeskInfo:
    """Return a desk as answers show it."""
    return DeskInfo(
        commune=where,
        name=desk.names.to(language),
        address=Name(fr=desk.address.fr, nl=desk.address.nl),
        slot_minutes=desk.slot_minutes,
        subjects=[subject_info(each, language) for each in desk.subjects],
        website=desk.website,
    )
