"""GeoReport v2 over requests: searched, posted, looked up by token."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from pydantic import BaseModel
from sqlalchemy.orm import Session

from kit.clock import Clock
from kit.languages import Language
from services.city.core.idempotency import once
from services.city.models.requests import ServiceRequest
from services.city.open311 import repository
from services.city.open311.errors import GeoReportError
from services.city.open311.posting import Posted
from services.city.open311.repository import Search
from services.city.requests import answering, catalogue, keys, making, references
from services.city.requests.making import Circumstances, Routes
from services.city.requests.schemas import NewRequest, RequestAnswer

#: Most requests in one answer.
MOST: Final = 1000


class Receipt(BaseModel):
    """What is answered to a post: the id or a token, never both."""

    reference: str
    token: str | None
    notice: str | None

    def document(self) -> dict[str, Any]:
        """Return it as GeoReport v2 has it."""
        identity = {"token": self.token} if self.token else {"service_request_id": self.reference}
        return {**identity, "service_notice": self.notice, "account_id": None}


class _Asked(BaseModel):
    new: NewRequest
    address: str | None
    media_url: str | None


def post(
    session: Session, clock: Clock, language: Language, sent: Posted, *, routes: Routes, key: str | None
) -> Receipt:
    """Make a request once for each key; without one, every time."""
    asked = _Asked(new=sent.new, address=sent.address, media_url=sent.media_url)

    def write() -> Receipt:
        circumstances = Circumstances(clock.now(), language, "open311", sent.address, sent.media_url)
        request, secret = making.make(session, sent.new, circumstances, routes)
        service = catalogue.current(session).service(request.service_code)
        return Receipt(
            reference=request.reference,
            token=secret if service.type == "batch" else None,
            notice=service.notice.to(language) if service.notice else None,
        )

    return Receipt.model_validate(once(session, key, scope="open311_post", asked=asked, now=clock.now(), write=write))


def by_ids(session: Session, clock: Clock, language: Language, written: str, base_url: str) -> list[dict[str, Any]]:
    """Return the requests of a list with commas. Raises GeoReportError (404) where there is none of them."""
    ids = {references.read(each) for each in written.split(",")[:MOST]} - {None}
    found = repository.by_references(session, [each for each in ids if each])
    if not found:
        raise GeoReportError(404, "service_request_id was not found.")
    return _documents(session, clock.now(), language, found, base_url)


def search(
    session: Session, clock: Clock, language: Language, wanted: Search, *, page: int, page_size: int, base_url: str
) -> list[dict[str, Any]]:
    """Return a page of the requests that fit, the newest first."""
    found = repository.found(session, wanted, limit=page_size, offset=(page - 1) * page_size)
    return _documents(session, clock.now(), language, found, base_url)


def by_token(session: Session, token: str) -> dict[str, Any]:
    """Return the id of the request that a token was told for. Raises GeoReportError (404)."""
    request = repository.by_secret(session, keys.digest(token))
    if request is None:
        raise GeoReportError(404, "token was not found.")
    return {"service_request_id": request.reference, "token": token}


def _documents(
    session: Session, now: datetime, language: Language, requests: Sequence[ServiceRequest], base_url: str
) -> list[dict[str, Any]]:
    known = catalogue.current(session)
    answers = [(each, answering.request_answer(session, known, each, language, now, full=False)) for each in requests]
    notices = {code: facts.notice.to(language) for code, facts in known.services.items() if facts.notice}
    return [_document(request, answer, notices, language, base_url) for request, answer in answers]


def _document(
    request: ServiceRequest, answer: RequestAnswer, notices: dict[str, str], language: Language, base_url: str
) -> dict[str, Any]:
    place, last = answer.place, answer.steps[-1] if answer.steps else None
    address = place.address if place else None
    photo = f"{base_url}{answer.photos[0].url}" if answer.photos else request.media_url if request.public else None
    return {
        "service_request_id": answer.reference,
        "status": answer.status,
        "status_notes": (last.note if last and last.note else None) or answer.stage_text,
        "service_name": answer.service.name,
        "service_code": answer.service.code,
        "description": answer.description,
        "agency_responsible": answer.responsible,
        "service_notice": notices.get(answer.service.code),
        "requested_datetime": _written(answer.created_at),
        "updated_datetime": _written(answer.updated_at),
        "expected_datetime": _written(answer.expected_at),
        "address": (address.nl if language == "nl" else address.fr) if address else None,
        "address_id": place.place_id if place else None,
        "zipcode": place.postcode if place else None,
        "lat": place.lat if place else None,
        "long": place.lon if place else None,
        "media_url": photo,
    }


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
