"""Requests and services as answers, with no more in them than the reader may see."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from kit.clock import BRUSSELS
from kit.languages import LANGUAGES, Language
from kit.redaction import redact
from services.city.core.schemas import Commune, Name, Source, stated
from services.city.models.requests import RequestStep, ServiceRequest
from services.city.places import repository as places
from services.city.requests import repository
from services.city.requests.catalogue import Catalogue
from services.city.requests.facts import AttributeFacts, ServiceFacts, Stage
from services.city.requests.photos import repository as photos
from services.city.requests.schemas import (
    AttributeInfo,
    Names,
    PhotoInfo,
    RequestAnswer,
    RequestPlace,
    ServiceBrief,
    ServiceInfo,
    StepInfo,
    ValueInfo,
)

#: Key of a note whose language is not known, such as another server's.
UNKNOWN_LANGUAGE: Final = "und"
_PHOTO_PATH: Final = "/v1/requests/photos/{id}"


def request_answer(
    session: Session, catalogue: Catalogue, request: ServiceRequest, language: Language, now: datetime, *, full: bool
) -> RequestAnswer:
    """Return a request as its answer; ``full`` for who made it: also what is not public."""
    source, _ = stated(catalogue.datasets, now)
    shown = full or request.public
    service, stage = catalogue.services.get(request.service_code), catalogue.stages.get(request.stage)
    return RequestAnswer(
        source=source,
        as_of=now,
        reference=request.reference,
        service=brief(service, request.service_code, language),
        status="closed" if request.closed_at else "open",
        stage=_stage(request.stage),
        stage_name=stage.names.to(language) if stage else request.stage,
        stage_text=stage.texts.to(language) if stage else "",
        responsible=service.responsible.to(language) if service else "",
        public=request.public,
        place=_place(session, request) if shown else None,
        description=redact(request.description) if shown and request.description else None,
        photos=photo_infos(session, request) if shown else [],
        followers=request.followers,
        created_at=local(request.created_at),
        updated_at=local(request.updated_at),
        expected_at=local(request.expected_at) if request.expected_at else None,
        closed_at=local(request.closed_at) if request.closed_at else None,
        steps=[step_info(catalogue, step, language) for step in repository.steps(session, request.id)],
    )


def step_info(catalogue: Catalogue, step: RequestStep, language: Language) -> StepInfo:
    """Return a step; a note that is not in the language asked for comes in one that it is in."""
    facts = catalogue.stages.get(step.stage)
    order: tuple[Any, ...] = (language, *LANGUAGES, UNKNOWN_LANGUAGE)
    note_language = next((each for each in order if step.note.get(each)), None)
    return StepInfo(
        at=local(step.at),
        stage=_stage(step.stage),
        name=facts.names.to(language) if facts else step.stage,
        text=facts.texts.to(language) if facts else "",
        note=redact(step.note[note_language]) if note_language else None,
        note_language=None if note_language == UNKNOWN_LANGUAGE else note_language,
    )


def service_info(facts: ServiceFacts, language: Language, score: float | None = None) -> ServiceInfo:
    """Return a service."""
    return ServiceInfo(
        **dict(brief(facts, facts.code, language)),
        capability=facts.capability,
        group=facts.group,
        description=facts.descriptions.to(language),
        keywords=list(facts.keywords.to(language)),
        responsible=facts.responsible.to(language),
        working_days=facts.working_days,
        notice=facts.notice.to(language) if facts.notice else None,
        public=facts.public,
        place=facts.place,
        contact=facts.contact,
        attributes=[_attribute(each, language) for each in facts.attributes],
        score=score,
    )


def brief(facts: ServiceFacts | None, code: str, language: Language) -> ServiceBrief:
    """Return a service as requests refer to it; one that is no longer offered has but its code."""
    if facts is None:
        return ServiceBrief(code=code, name=code, names=Names(fr=code, nl=code, en=code))
    return ServiceBrief(code=code, name=facts.names.to(language), names=Names.model_validate(facts.names.model_dump()))


def photo_infos(session: Session, request: ServiceRequest) -> list[PhotoInfo]:
    """Return a request's photos, in the order in which they were sent."""
    return [
        PhotoInfo(id=each.id, url=photo_path(each.id), width=each.width, height=each.height)
        for each in photos.of(session, request.id)
    ]


def photo_path(photo_id: str) -> str:
    """Return the path at which a photo is served."""
    return _PHOTO_PATH.format(id=photo_id)


def address(fr: str | None, nl: str | None) -> Name | None:
    """Return an address in both languages, where there is one."""
    return Name(fr=fr or nl or "", nl=nl or fr or "") if fr or nl else None


def local(instant: datetime) -> datetime:
    """Return a stored instant in Brussels' time; SQLite drops the zone, and all are stored in UTC."""
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(BRUSSELS)


def own_source(catalogue: Catalogue, now: datetime) -> Source:
    """Return the source to state for what was written here."""
    return stated(catalogue.datasets, now)[0]


def _place(session: Session, request: ServiceRequest) -> RequestPlace | None:
    if request.lat is None or request.lon is None:
        return None
    commune = places.place(session, f"commune:{request.commune_id}") if request.commune_id else None
    name = Name(fr=commune.name_fr, nl=commune.name_nl) if commune else None
    return RequestPlace(
        lat=request.lat,
        lon=request.lon,
        place_id=request.place_id,
        address=address(request.address_fr, request.address_nl),
        postcode=request.postcode,
        commune=Commune(id=str(request.commune_id), name=name) if name else None,
    )


def _attribute(facts: AttributeFacts, language: Language) -> AttributeInfo:
    return AttributeInfo(
        code=facts.code,
        datatype=facts.datatype,
        required=facts.required,
        question=facts.texts.to(language),
        values=[ValueInfo(key=value.key, name=value.names.to(language)) for value in facts.values],
    )


def _stage(stage: str) -> Stage:
    return stage  # type: ignore[return-value]  # only stages are stored
