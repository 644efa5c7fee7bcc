"""Deletes what is past its time, at start and then again and again."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from starlette.concurrency import run_in_threadpool

from kit.clock import Clock
from services.city.core.settings import CitySettings
from services.city.requests.photos.store import PhotoStore
from services.city.requests.privacy import Kept, Purged, purge

log = logging.getLogger(__name__)


def kept(settings: CitySettings) -> Kept:
    """Return how long things are kept."""
    return Kept(
        contacts_after_closing=timedelta(days=settings.contacts_days),
        texts_after_closing=timedelta(days=settings.texts_days),
        photos_without_request=timedelta(hours=settings.photo_hours),
    )


def purge_now(sessions: sessionmaker[Session], settings: CitySettings, clock: Clock) -> Purged:
    """Delete what is past its time."""
    with sessions() as session, session.begin():
        return purge(session, PhotoStore(settings.photos_folder), clock.now(), kept(settings))


async def keep_purging(sessions: sessionmaker[Session], settings: CitySettings, clock: Clock) -> None:
    """Purge until cancelled; a database or a disk that fails once is asked again the next time."""
    while True:
        try:
            purged = await run_in_threadpool(purge_now, sessions, settings, clock)
        except (SQLAlchemyError, OSError) as error:
            log.error("what is past its time could not be deleted: %s", type(error).__name__)
        else:
            if purged != Purged(0, 0, 0):
                log.info("past their time: %s", purged)
        await asyncio.sleep(settings.purge_every_s)
