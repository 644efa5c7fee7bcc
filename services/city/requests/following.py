"""Somebody has the same problem: counted, and told of it where they leave a contact."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from kit.languages import Language
from services.city.core.errors import CityError
from services.city.models.requests import ServiceRequest
from services.city.requests import answering, catalogue, contacts, keys
from services.city.requests.making import contact_row
from services.city.requests.schemas import FollowAnswer, NewFollower


def follow(
    session: Session, request: ServiceRequest, new: NewFollower, language: Language, now: datetime
) -> FollowAnswer:
    """Count somebody in, once each person; the caller commits.

    Raises CityError ``not_followable`` (409) where the request is closed or a private matter.
    """
    # Who follows at the same time waits, so that one person is not counted twice.
    session.refresh(request, with_for_update=True)
    if request.closed_at is not None or not request.public:
        detail = "Only open requests that are public can be followed."
        raise CityError(409, "not_followable", detail)
    already, key = False, None
    if new.contact is not None:
        already = contacts.same(session, request.id, keys.person(new.contact)) is not None
        if not already:
            key = keys.new()
            session.add(contact_row(request, "follower", new.contact, key, language=language, now=now.astimezone(UTC)))
    if not already:
        request.followers = ServiceRequest.followers + 1
    session.flush()
    session.refresh(request)
    return FollowAnswer(
        source=answering.own_source(catalogue.current(session), now),
        as_of=now,
        reference=request.reference,
        followers=request.followers,
        already=already,
        key=key,
    )
