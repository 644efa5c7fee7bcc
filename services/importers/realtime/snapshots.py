"""One poll of a real-time source: read, resolve, then one short write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from kit.clock import Clock
from services.city.core.database import make_session_factory
from services.city.core.datasets import ImportReport
from services.city.transport.realtime import store
from services.city.transport.realtime.forms import Kind
from services.feeds.errors import FeedError
from services.feeds.source import Source
from services.importers.base import ImportRefusedError, Progress, silent
from services.importers.realtime.resolving import Resolver

#: A source whose clock is further ahead than this has it wrong.
_AHEAD: Final = timedelta(minutes=2)


@dataclass(frozen=True)
class Told:
    """What a source said: the body to store, and when its facts were made, where it says so."""

    body: bytes
    made_at: datetime | None = None


@dataclass(frozen=True)
class Poll:
    """What a reader needs besides the answer's bytes."""

    source: Source
    resolver: Resolver
    report: ImportReport
    now: datetime


Read = Callable[[bytes, Poll], Told]


class SnapshotImporter:
    """Stores what a source says now in the place of what it said before."""

    def __init__(self, source: Source, kind: Kind, read: Read) -> None:
        self.name = source.name
        self.source = source
        self._kind = kind
        self._read = read
        self._sample = bool(source.settings.get("sample", False))

    def run(
        self,
        engine: Engine,
        path: Path,
        clock: Clock,
        progress: Progress = silent,
        *,
        feed: str | None = None,
        force: bool = False,
    ) -> ImportReport:
        """Store the answer at ``path``; ``feed`` names the timetable whose ids it uses.

        Raises ImportRefusedError where that timetable is not there, or the answer is not what the source should say;
        what was stored before then ages until readers leave it aside.
        """
        del force  # what a source says now always replaces what it said before
        timetable = feed or str(self.source.settings["timetable"])
        now = clock.now().astimezone(UTC)
        report = ImportReport()
        sessions = make_session_factory(engine)
        with sessions() as session:
            known = store.known(session, timetable, sample=self._sample)
        if known is None:
            raise ImportRefusedError(
                f"{self.name}: there is no timetable {timetable!r} yet, or only the sample's: import it first"
            )
        resolver = Resolver(known, report, self.name)
        try:
            told = self._read(path.read_bytes(), Poll(self.source, resolver, report, now))
        except OSError as error:
            raise ImportRefusedError(f"{path}: cannot be read: {error.strerror}") from error
        except FeedError as error:
            raise ImportRefusedError(f"{self.name}: {error}") from error
        report.counts |= resolver.unknown
        with sessions() as session, session.begin():
            store.put(session, self._values(timetable, told, now, report))
        progress(f"{self.name}: {len(told.body):,} bytes")
        return report

    def _values(self, timetable: str, told: Told, now: datetime, report: ImportReport) -> dict[str, object]:
        made_at = told.made_at or now
        if made_at > now + _AHEAD:
            report.problem(self.name, None, f"the source's clock is {(made_at - now).total_seconds():.0f} s ahead")
        return {
            "source": self.name,
            "kind": self._kind,
            "feed": timetable,
            "made_at": min(made_at, now),
            "fetched_at": now,
            "source_name": self.source.attribution,
            "source_url": self.source.url,
            "licence": self.source.licence,
            "sample": self._sample,
            "report": report.as_json(),
            "body": told.body,
        }
