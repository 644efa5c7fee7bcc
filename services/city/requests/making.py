"""Makes a request: checked, numbered, stored with its contact, photos and deliveries in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from sqlalchemy.orm import Session

from kit.clock import BRUSSELS
from kit.languages import Language
from services.city.core import geo
from services.city.core.errors import CityError
from services.city.models.requests import RequestContact, ServiceRequest
from services.city.requests import attributes, catalogue, keys, outbox, references, repository, where
from services.city.requests.deadlines import after_working_days
from services.city.requests.facts import ServiceFacts
from services.city.requests.photos import repository as photos
from services.city.requests.schemas import Contact, NewRequest
from services.city.requests.where import Where

#: Names of the remote servers to which each service's requests are forwarded, by service code.
Routes = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Circumstances:
    """What comes with a request besides its content; ``address`` is one that was written instead of a place."""

    now: datetime
    language: Language
    origin: str = "resident"
    address: str | None = None
    media_url: str | None = None


def make(session: Session, new: NewRequest, circumstances: Circumstances, routes: Routes) -> tuple[ServiceRequest, str]:
    """Store a request and return it with the key that erases it; the caller commits.

    Raises NotFoundError ``service_not_found``, ``place_not_found``, ``photo_not_found``; CityError (422)
    ``place_needed``, ``place_too_large``, ``outside_region``, ``contact_needed``, ``description_needed`` and those of
    the attributes.
    """
    known = catalogue.current(session)
    service = known.service(new.service_code)
    answers = attributes.checked(service, new.attributes)
    point = (new.point.lat, new.point.lon) if new.point else None
    found = where.locate(session, known, new.place, point, vague=service.place == "optional")
    _complete(service, new, answers, found)
    now, key = circumstances.now.astimezone(UTC), keys.new()
    year = circumstances.now.astimezone(BRUSSELS).year
    request = ServiceRequest(
        reference=references.make(year, repository.next_number(session, year)),
        service_code=service.code,
        public=service.public,
        stage="received",
        origin=circumstances.origin,
        language=circumstances.language,
        description=new.description or None,
        attributes=answers,
        followers=0,
        secret_sha256=keys.digest(key),
        media_url=circumstances.media_url,
        created_at=now,
        updated_at=now,
        expected_at=after_working_days(now, service.working_days).astimezone(UTC),
        **_columns(found, circumstances.address),
    )
    repository.add(session, request, now)
    if new.contact is not None:
        session.add(contact_row(request, "reporter", new.contact, key, language=circumstances.language, now=now))
    photos.claim(session, request.id, new.photos)
    remotes = routes.get(service.code, ())
    outbox.queue(session, request, remotes, now, awaits_photos=new.photos_to_come > 0)
    session.flush()
    return request, key


def contact_row(
    request: ServiceRequest, role: str, contact: Contact, key: str, *, language: Language, now: datetime
) -> RequestContact:
    """Return the row of somebody who made or follows a request."""
    return RequestContact(
        request_id=request.id,
        role=role,
        digest=keys.person(contact),
        language=language,
        secret_sha256=keys.digest(key),
        created_at=now,
        **contact.model_dump(),
    )


def _complete(service: ServiceFacts, new: NewRequest, answers: attributes.Answers, found: Where | None) -> None:
    if service.place == "required" and found is None:
        raise _lacks("place_needed", f"{service.code} needs a place or a point.")
    if service.contact == "required" and new.contact is None:
        raise _lacks("contact_needed", f"{service.code} needs a contact.")
    if not (new.description or answers or new.photos or new.photos_to_come):
        raise _lacks("description_needed", "A request says what is the matter: in words, by attributes or in a photo.")


def _columns(found: Where | None, written: str | None) -> dict[str, object]:
    if found is None:
        return {"address_fr": written, "address_nl": written}
    return {
        "lat": found.lat,
        "lon": found.lon,
        "cell": geo.cell(found.lat, found.lon),
        "place_id": found.place_id,
        "address_fr": written or found.address_fr,
        "address_nl": written or found.address_nl,
        "postcode": found.postcode,
        "commune_id": found.commune_id,
    }


def _lacks(code: str, detail: str) -> CityError:
    return CityError(HTTPStatus.UNPROCESSABLE_ENTITY, code, detail)
