"""A request of ours as another server is told it: in the words of who made it, with our reference in it.

By the reference it is found again there, when nobody knows whether a report was taken.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from kit.languages import Language, as_language
from services.city.models.requests import ServiceRequest
from services.city.requests import catalogue, contacts
from services.city.requests.answering import photo_path
from services.city.requests.facts import AttributeFacts
from services.city.requests.photos import repository as photos
from services.city.requests.remotes import Remote
from services.feeds.open311 import Report


def marker(reference: str) -> str:
    """Return what a report has in its description, and no other."""
    return f"[{reference}]"


def report(session: Session, request: ServiceRequest, remote: Remote, public_url: str | None) -> Report | None:
    """Return what a server is told of a request, who made it only where that is allowed; None: it does not take it."""
    service_code = remote.services.get(request.service_code)
    if service_code is None:
        return None
    return Report(
        service_code=service_code,
        description="\n".join([*_words(session, request), marker(request.reference)]),
        point=(request.lat, request.lon) if request.lat is not None and request.lon is not None else None,
        address=request.address_nl if request.language == "nl" else request.address_fr,
        media_url=_photo(session, request, public_url),
        person=_person(session, request) if remote.send_contact else {},
    )


def _words(session: Session, request: ServiceRequest) -> list[str]:
    """Return the description and, a line each, the answers to our questions, which the server does not ask."""
    language: Language = as_language(request.language) or "fr"
    facts = catalogue.current(session).services.get(request.service_code)
    known = {each.code: each for each in facts.attributes} if facts else {}
    answers = [
        f"{known[code].texts.to(language)} {', '.join(_named(known[code], value, language) for value in given)}"
        for code, given in request.attributes.items()
        if code in known
    ]
    return [request.description, *answers] if request.description else answers


def _named(facts: AttributeFacts, value: str, language: Language) -> str:
    return next((each.names.to(language) for each in facts.values if each.key == value), value)


def _photo(session: Session, request: ServiceRequest, public_url: str | None) -> str | None:
    found = photos.of(session, request.id)
    if found and public_url:
        return f"{public_url.rstrip('/')}{photo_path(found[0].id)}"
    return request.media_url


def _person(session: Session, request: ServiceRequest) -> dict[str, str]:
    contact = next(iter(contacts.of(session, request.id, "reporter")), None)
    if contact is None:
        return {}
    first, _, last = (contact.name or "").partition(" ")
    fields = {"email": contact.email, "phone": contact.phone, "first_name": first, "last_name": last}
    return {name: value for name, value in fields.items() if value}
