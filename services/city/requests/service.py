"""Requests as answers: what can be requested, a request made, followed, looked up, moved on, erased."""

from __future__ import annotations

from datetime import UTC

from sqlalchemy.orm import Session

from kit.clock import Clock
from kit.languages import Language
from services.city.core import audit
from services.city.core.errors import CityError, NotFoundError
from services.city.core.schemas import Page, stated
from services.city.models.requests import RequestStep, ServiceRequest
from services.city.requests import answering, catalogue, keys, making, references, repository
from services.city.requests.making import Circumstances, Routes
from services.city.requests.schemas import CreatedAnswer, NewRequest, NewStep, RequestAnswer, ServiceInfo


def services(
    session: Session,
    clock: Clock,
    language: Language,
    *,
    query: str | None,
    capability: str | None,
    limit: int,
    offset: int,
) -> Page[ServiceInfo]:
    """Return the services that a text may be about, best first; all of them in their order without one."""
    known = catalogue.current(session)
    if query is None or not query.strip():
        found = [answering.service_info(each, language) for each in known.services.values()]
    else:
        hits = known.index.search(query)
        found = [answering.service_info(known.services[hit.code], language, hit.score) for hit in hits]
    items = [each for each in found if capability in (None, each.capability)]
    source, as_of = stated(known.datasets, clock.now())
    return Page[ServiceInfo].cut(items, limit=limit, offset=offset, source=source, as_of=as_of)


def create(session: Session, clock: Clock, language: Language, new: NewRequest, routes: Routes) -> CreatedAnswer:
    """Make a request; errors as of :func:`services.city.requests.making.make`."""
    now = clock.now()
    request, key = making.make(session, new, Circumstances(now, language), routes)
    known = catalogue.current(session)
    answer = answering.request_answer(session, known, request, language, now, full=True)
    return CreatedAnswer(**dict(answer), key=key)


def status(session: Session, clock: Clock, language: Language, written: str, key: str | None) -> RequestAnswer:
    """Return a request by its reference; with the key of who made it, also what is not public."""
    request = find(session, written)
    full = key is not None and keys.fits(key, request.secret_sha256)
    if key is not None and not full:
        raise CityError(403, "wrong_key", "This key does not belong to the request.")
    known = catalogue.current(session)
    return answering.request_answer(session, known, request, language, clock.now(), full=full)


def advance(session: Session, clock: Clock, language: Language, written: str, new: NewStep) -> RequestAnswer:
    """Note that a request came to a stage; the caller commits."""
    request = find(session, written)
    move(session, request, new.stage, new.note.model_dump(exclude_none=True), clock)
    audit.note(session, clock.now(), audit.STAFF, "advance_request")
    known = catalogue.current(session)
    return answering.request_answer(session, known, request, language, clock.now(), full=True)


def move(session: Session, request: ServiceRequest, stage: str, note: dict[str, str], clock: Clock) -> None:
    """Store a request's next step."""
    facts = catalogue.current(session).stages[stage]
    step = RequestStep(request_id=request.id, at=clock.now().astimezone(UTC), stage=stage, note=note)
    repository.add_step(session, request, step, closed=facts.closed)


def find(session: Session, written: str) -> ServiceRequest:
    """Return the request of a reference, as people write them. Raises NotFoundError ``request_not_found``."""
    reference = references.read(written)
    request = repository.by_reference(session, reference) if reference else None
    if request is None:
        detail = f"There is no request {(reference or written)[:40]!r}. References look like BXL-2026-00123."
        raise NotFoundError("request_not_found", detail)
    return request
