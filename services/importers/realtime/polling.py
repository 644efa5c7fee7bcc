"""Real-time sources as the watcher polls them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from services.feeds import gtfs_realtime, stib_realtime
from services.feeds.http import Fetched, Fetcher
from services.feeds.source import Source
from services.importers.realtime.gtfs_realtime import ALERT_IMPORTERS, TRIP_UPDATE_IMPORTERS
from services.importers.realtime.snapshots import SnapshotImporter
from services.importers.realtime.stib import STIB_IMPORTERS
from services.importers.updates import Job, Outcome, Watched


def polled(importer: SnapshotImporter, fetch: Callable[[Fetcher, Source], Fetched]) -> Watched:
    """Return a source whose whole answer is stored at each poll: "nothing new" would not say that it still holds."""

    def update(job: Job) -> Outcome:
        path = job.folder / "answer"
        path.write_bytes(fetch(job.fetcher, job.source).content)
        return Outcome(changed=True, report=importer.run(job.engine, path, job.clock, job.progress))

    return Watched(importer.source, update)


POLLED: Final = (
    *(polled(each, stib_realtime.fetch) for each in STIB_IMPORTERS),
    *(polled(each, gtfs_realtime.fetch) for each in (*TRIP_UPDATE_IMPORTERS, *ALERT_IMPORTERS)),
)
