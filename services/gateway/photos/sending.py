"""Sends photos to the requests that residents have confirmed: again until the façade has them, there once."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from services.gateway.conversations import photos
from services.gateway.core.database import Database
from services.gateway.core.observability import Metrics
from services.gateway.dialogue.photos import CityPhotos
from services.gateway.dialogue.places import CityDownError

log = logging.getLogger(__name__)


class PhotoSending:
    """The photos that wait to be sent."""

    def __init__(self, *, database: Database, city: CityPhotos) -> None:
        self._database = database
        self._city = city

    async def send(self) -> int:
        """Send what waits and return how many photos arrived; a façade that is down is asked again the next time."""
        arrived, passed = 0, set[str]()
        while rows := await self._database.read(partial(photos.to_send, passed=tuple(passed))):
            for row in rows:
                passed.add(row.id)
                try:
                    arrived += await self._city.send(row.id, row.content, row.reference, row.key)
                except CityDownError as error:
                    log.warning("photos wait for the city façade: %s", error)
                    return arrived
                await self._database.write(partial(photos.sent, photo_id=row.id))
        return arrived


async def keep_sending(sending: PhotoSending, news: asyncio.Event, metrics: Metrics, every_s: float) -> None:
    """Send until cancelled, as soon as there is something; a database that fails once is asked again the next time."""
    while True:
        news.clear()
        try:
            metrics.photos.inc(await sending.send())
        except SQLAlchemyError as error:
            log.error("photos could not be sent: %s", type(error).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(news.wait(), every_s)
