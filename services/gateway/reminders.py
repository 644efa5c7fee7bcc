"""Reminds of collections, at start and then again and again."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from services.gateway.conversations.reminding import Reminding
from services.gateway.core.observability import Metrics

log = logging.getLogger(__name__)


async def keep_reminding(reminding: Reminding, metrics: Metrics, every_s: float) -> None:
    """Remind until cancelled; a database that fails once is asked again the next time."""
    while True:
        try:
            metrics.reminded.inc(await reminding.remind())
        except SQLAlchemyError as error:
            log.error("reminders could not be said: %s", type(error).__name__)
        await asyncio.sleep(every_s)
