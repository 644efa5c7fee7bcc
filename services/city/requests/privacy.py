"""Erases personal data: on demand of who made or follows a request, and when its time is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kit.redaction import redact
from services.city.core import audit
from services.city.core.errors import CityError
from services.city.core.forgetting import forget
from services.city.models.idempotency import IdempotencyKey
from services.city.models.requests import RequestStep, ServiceRequest
from services.city.requests import catalogue, contacts, keys, outbox, repository
from services.city.requests.photos import repository as photos
from services.city.requests.photos.store import PhotoStore


@dataclass(frozen=True)
class Kept:
    """How long things are kept."""

    contacts_after_closing: timedelta
    texts_after_closing: timedelta
    photos_without_request: timedelta


@dataclass(frozen=True)
class Purged:
    """How much was deleted because its time was over."""

    contacts: int
    requests: int
    photos: int


def erase_with_key(session: Session, store: PhotoStore, request: ServiceRequest, key: str, now: datetime) -> None:
    """Erase what belongs to the holder of a key: a whole request, or that they follow it. The caller commits.

    Raises CityError ``wrong_key`` (403).
    """
    forget(session)
    audit.note(session, now, audit.RESIDENT, "erase_request")
    if keys.fits(key, request.secret_sha256):
        erase(session, store, request, now)
        return
    follower = contacts.by_secret(session, request.id, keys.digest(key))
    if follower is None:
        raise CityError(403, "wrong_key", "This key does not belong to the request.")
    session.delete(follower)
    request.followers = max(0, request.followers - 1)
    _forget_answers(session, request.reference)
    session.flush()


def erase(session: Session, store: PhotoStore, request: ServiceRequest, now: datetime) -> None:
    """Erase who made a request, its words, answers and photos; of a private matter, also where it is, and close it.

    What remains says which service was asked for, when, and what became of it.
    """
    contacts.erase(session, request.id)
    request.description, request.attributes, request.media_url = None, {}, None
    store.remove(photos.remove_of(session, request.id))
    if not request.public:
        request.lat = request.lon = request.cell = None
        request.place_id = request.address_fr = request.address_nl = request.postcode = request.commune_id = None
        outbox.cancel(session, request.id, now.astimezone(UTC))
        if request.closed_at is None and "withdrawn" in catalogue.current(session).stages:
            step = RequestStep(request_id=request.id, at=now.astimezone(UTC), stage="withdrawn", note={})
            repository.add_step(session, request, step, closed=True)
    request.erased_at = request.erased_at or now.astimezone(UTC)
    _forget_answers(session, request.reference)
    session.flush()


def purge(session: Session, store: PhotoStore, now: datetime, kept: Kept) -> Purged:
    """Delete what is past its time: contacts and words of closed requests, photos that nobody sent. Commits nothing."""
    moment = now.astimezone(UTC)
    gone = contacts.erase_closed_before(session, moment - kept.contacts_after_closing)
    query = select(ServiceRequest).where(
        ServiceRequest.closed_at < moment - kept.texts_after_closing, ServiceRequest.erased_at.is_(None)
    )
    over = list(session.scalars(query))
    for request in over:
        erase(session, store, request, now)
    orphans = photos.remove_orphans(session, moment - kept.photos_without_request)
    store.remove(orphans)
    for request in session.scalars(
        select(ServiceRequest).where(
            ServiceRequest.closed_at < moment - kept.contacts_after_closing, ServiceRequest.erased_at.is_(None)
        )
    ):
        # Names and numbers that somebody wrote into the text itself go with the contact.
        if request.description and request.description != redact(request.description):
            request.description = redact(request.description)
    session.flush()
    if gone or over or orphans:
        forget(session)
    return Purged(contacts=gone, requests=len(over), photos=len(orphans))


def _forget_answers(session: Session, reference: str) -> None:
    """Delete the answers that are kept for retries of writes to a request: they hold its words."""
    about = IdempotencyKey.body["reference"].as_string() == reference
    session.execute(delete(IdempotencyKey).where(about), execution_options={"synchronize_session": False})
