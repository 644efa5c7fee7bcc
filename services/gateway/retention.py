"""Deletes conversations past their time, at start and then again and again."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from services.gateway.conversations.erasing import Erasing
from services.gateway.conversations.keeping import Keeping
from services.gateway.core.observability import Metrics

log = logging.getLogger(__name__)


async def keep_purging(keeping: Keeping, erasing: Erasing, metrics: Metrics, every_s: float) -> None:
    """Purge until cancelled, and erase what could not be; a database that fails once is asked again the next time."""
    while True:
        try:
            deleted = await keeping.purge()
            await erasing.retry()
        except SQLAlchemyError as error:
            log.error("conversations past their time could not be deleted: %s", type(error).__name__)
        else:
            metrics.purged.inc(deleted)
            if deleted:
                log.info("%d conversations deleted: their time was over", deleted)
        await asyncio.sleep(every_s)
