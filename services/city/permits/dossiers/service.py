"""Where a dossier stands, as an answer."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from sqlalchemy.orm import Session

from kit.clock import Clock, today
from kit.languages import Language
from services.city.core.errors import AmbiguousError, CityError, NotFoundError
from services.city.core.schemas import stated
from services.city.models.permits import DossierRecord
from services.city.permits.dossiers import repository
from services.city.permits.dossiers.facts import StagesFacts
from services.city.permits.dossiers.references import Reference, read, slips
from services.city.permits.dossiers.schemas import ApplicationAnswer, NextInfo, StepInfo
from services.city.permits.dossiers.stages import Course, due, stage, steps
from services.city.permits.dossiers.wording import dossier_fields, stage_info
from services.city.permits.repository import communes

_SUGGESTIONS: Final = 5


def application(session: Session, clock: Clock, language: Language, written: str) -> ApplicationAnswer:
    """Return where the dossier of a reference stands.

    Raises CityError ``invalid_reference``, NotFoundError ``application_not_found`` with references a slip away, and
    AmbiguousError ``reference_ambiguous`` where a part of the reference is missing and several have the rest.
    """
    reference = read(written)
    if reference is None:
        detail = f"{written[:60]!r} is no reference; one looks like 04/PU/1234567 or 45799-RPU."
        raise CityError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid_reference", detail)
    record = _found(session, reference, written)
    words = repository.stages(session)
    if words is None:
        raise NotFoundError("application_not_found", "The stages of dossiers were not imported.")
    source, as_of = stated(repository.datasets(session, [record]), clock.now())
    course, day = course_of(record), today(clock)
    now = stage(course, day)
    return ApplicationAnswer(
        source=source,
        as_of=as_of,
        **dossier_fields(record, words, communes(session), language),
        status=record.status,
        stage=stage_info(now, words, language),
        next=_next(course, words, clock, language),
        steps=[
            StepInfo(
                id=each.id,
                name=words.steps[each.id].to(language),
                first_day=each.first,
                last_day=each.last,
                state=each.state,
            )
            for each in steps(course, day)
        ],
        decided_on=record.decided,
        valid_until=record.valid_until,
    )


def _found(session: Session, reference: Reference, written: str) -> DossierRecord:
    if reference.canonical is not None:
        exact = repository.by_reference(session, [reference.canonical])
        if exact:
            return exact[0]
        numbers = [reference.number, *slips(reference.number)]
        near = repository.by_number(session, numbers, 100)
        near.sort(key=lambda each: (not _alike(each, reference), each.number != reference.number, each.reference))
        suggestions = [_suggestion(each) for each in near[:_SUGGESTIONS]]
        raise NotFoundError("application_not_found", f"No dossier has the reference {written[:60]!r}.", suggestions)
    fitting = [each for each in repository.by_number(session, [reference.number], 50) if _alike(each, reference)]
    if not fitting:
        raise NotFoundError("application_not_found", f"No dossier has the reference {written[:60]!r}.")
    if len(fitting) > 1:
        detail = f"Several dossiers have the number {reference.number}."
        raise AmbiguousError("reference_ambiguous", detail, [_suggestion(each) for each in fitting[:20]])
    return fitting[0]


def _alike(record: DossierRecord, reference: Reference) -> bool:
    """Tell whether a dossier's reference has the parts that were written."""
    stored = read(record.reference)
    if stored is None:
        return reference.commune is None and reference.type is None
    return reference.commune in (None, stored.commune) and reference.type in (None, stored.type)


def _suggestion(record: DossierRecord) -> dict[str, Any]:
    street = {"fr": record.street_fr, "nl": record.street_nl} if record.street_fr else None
    return {"reference": record.reference, "street": street}


def course_of(record: DossierRecord) -> Course:
    """Return the days of a dossier."""
    return Course(
        planning=record.layer == "PlanningPermits",
        status=record.status,
        received=record.received,
        acknowledged=record.acknowledged,
        inquiry_start=record.inquiry_start,
        inquiry_end=record.inquiry_end,
        consultation=record.consultation,
        decided=record.decided,
        valid_until=record.valid_until,
    )


def _next(course: Course, words: StagesFacts, clock: Clock, language: Language) -> NextInfo | None:
    now = stage(course, today(clock))
    text = words.stages[now].next
    if text is None:
        return None
    by = due(course, now, words.limits, today(clock))
    limit = words.limits[by.limit].rule.to(language) if by and by.limit else None
    return NextInfo(text=text.to(language), by=by.by if by else None, limit=limit, overdue=by.overdue if by else False)
