"""Deletes what is past its time, at start and then again and again."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from starlette.concurrency import run_in_threadpool

from kit.clock import Clock
from services.city.core import audit, idempotency
from services.city.core.forgetting import forget
from services.city.core.settings import CitySettings
from services.city.permits.appointments import service as appointments
from services.city.requests.photos.store import PhotoStore
from services.city.requests.privacy import Kept, purge
from services.common import retention

log = logging.getLogger(__name__)

#: Kinds of ``data/privacy/retention.yml`` that are kept here.
KINDS: Final = (
    "request_contact",
    "request_content",
    "request_photo_waiting",
    "appointment_contact",
    "answer_for_retry",
    "city_audit",
)


def purge_now(sessions: sessionmaker[Session], settings: CitySettings, clock: Clock) -> Counter[str]:
    """Delete what is past its time; return how much of which kind."""
    kept, now = retention.read(settings.retention, KINDS), clock.now()
    of_requests = Kept(
        contacts_after_closing=kept["request_contact"],
        texts_after_closing=kept["request_content"],
        photos_without_request=kept["request_photo_waiting"],
    )
    with sessions() as session, session.begin():
        purged = purge(session, PhotoStore(settings.photos_folder), now, of_requests)
        gone = Counter(
            request_contact=purged.contacts,
            request_content=purged.requests,
            request_photo_waiting=purged.photos,
            appointment_contact=appointments.erase_past(session, now - kept["appointment_contact"]),
            answer_for_retry=idempotency.remove_older(session, now - kept["answer_for_retry"]),
            city_audit=audit.remove_older(session, now - kept["city_audit"]),
        )
        gone = +gone
        for kind, count in gone.items():
            audit.note(session, now, audit.RETENTION, f"delete_{kind}", count)
        if gone:
            forget(session)
    return gone


async def keep_purging(sessions: sessionmaker[Session], settings: CitySettings, clock: Clock) -> None:
    """Purge until cancelled; a database or a disk that fails once is asked again the next time."""
    while True:
        try:
            purged = await run_in_threadpool(purge_now, sessions, settings, clock)
        except (SQLAlchemyError, OSError) as error:
            log.error("what is past its time could not be deleted: %s", type(error).__name__)
        else:
            if purged:
                log.info("past their time: %s", dict(purged))
        await asyncio.sleep(settings.purge_every_s)
