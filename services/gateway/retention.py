"""The round that deletes conversations past their time, and erases what could not be: one process's at a time."""

from __future__ import annotations

import logging

from services.gateway.conversations.erasing import Erasing
from services.gateway.conversations.keeping import Keeping
from services.gateway.core.observability import Metrics

log = logging.getLogger(__name__)


async def purge(keeping: Keeping, erasing: Erasing, metrics: Metrics) -> None:
    """Purge once. Raises SQLAlchemyError: the scheduler counts it and comes again."""
    deleted = await keeping.purge()
    metrics.purged.inc(deleted)
    if deleted:
        log.info("%d conversations deleted: their time was over", deleted)
    await erasing.retry()
