"""Timetables: any feed in GTFS, as a zip or a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from kit.clock import Clock
from services.city.core.datasets import ImportReport, Origin
from services.feeds.gtfs import Feed, UnusableFeedError, read_feed
from services.feeds.gtfs.archive import DEFAULT_LIMITS, Limits
from services.importers.base import ImportRefusedError, Progress, new_version, silent, stated_origin
from services.importers.timetable.names import Names
from services.importers.timetable.trips import Timetable, pack
from services.importers.timetable.validity import Validity, validity
from services.importers.timetable.writing import write_feed

_COMPARED = ("stops", "lines", "trips")
#: Agencies named as the source of a feed that does not say who publishes it.
_NAMED_AGENCIES = 3


@dataclass(frozen=True)
class _Read:
    """A feed as it was read and packed, and what was wrong with it."""

    feed: Feed
    names: Names
    timetable: Timetable
    validity: Validity
    problems: list[tuple[str, int | None, str]]


class GtfsImporter:
    """Brings stops in as places, and lines and trips as timetables; feeds of several names stand side by side."""

    name = "gtfs"

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits

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
        """Import a feed; see ``services.importers.base.Importer``.

        Raises ImportRefusedError also where a line of it breaks the format; with ``force`` such lines are left out
        and reported instead.
        """
        read = self._read(path, progress, force=force)
        source, url = _publisher(read.feed)
        origin = stated_origin(path, Origin(feed or self.name, "transport", source[:200], url[:500] or None))
        progress(f"storing {len(read.timetable.runs):,} trips")
        with new_version(engine, origin, clock, compare=_COMPARED, force=force) as version:
            for problem in read.problems:
                version.report.problem(*problem)
            write_feed(version, read.feed, read.names, read.timetable)
            version.valid_from, version.valid_until = read.validity
        return version.report

    def _read(self, path: Path, progress: Progress, *, force: bool) -> _Read:
        found: list[tuple[str, int | None, str]] = []
        try:
            feed, problems = read_feed(
                path, lambda *problem: found.append(problem), limits=self._limits, tell=_teller(progress)
            )
            names = Names(feed)
            timetable = pack(feed, names)
        except UnusableFeedError as error:
            raise ImportRefusedError(f"{path.name}: {error}{_first(found)}") from error
        except OSError as error:
            raise ImportRefusedError(f"{path}: cannot be read: {error.strerror}") from error
        problems.close()
        if problems.first_fault is not None and not force:
            file, line, reason = problems.first_fault
            more = f" (and {problems.faults - 1} more broken lines)" if problems.faults > 1 else ""
            raise ImportRefusedError(f"{path.name}: {file}{f':{line}' if line else ''}: {reason}{more}")
        return _Read(feed, names, timetable, validity(feed, timetable), found)


def _publisher(feed: Feed) -> tuple[str, str]:
    """Return who a feed is from and where: as feed_info.txt says, else those of its agencies that run most routes."""
    running = Counter(route.agency for route in feed.routes.values())
    agencies = [feed.agencies[agency] for agency, _ in running.most_common(_NAMED_AGENCIES)]
    agencies = agencies or list(feed.agencies.values())[:1]
    names = " · ".join(agency.name for agency in agencies)
    return feed.info.publisher or names, feed.info.url or agencies[0].url


def _first(problems: list[tuple[str, int | None, str]]) -> str:
    if not problems:
        return ""
    file, line, reason = problems[0]
    return f" (first of {len(problems)} problems: {file}{f':{line}' if line else ''}: {reason})"


def _teller(progress: Progress) -> Callable[[int], None]:
    return lambda rows: progress(f"{rows:,} calls read")
