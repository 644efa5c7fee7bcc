"""Reads a whole feed, file after file, each checked against those before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from services.feeds.gtfs.archive import DEFAULT_LIMITS, Limits, open_archive
from services.feeds.gtfs.calendars import read_services
from services.feeds.gtfs.calls import Calls
from services.feeds.gtfs.entities import (
    read_agencies,
    read_feed_info,
    read_frequencies,
    read_routes,
    read_stops,
    read_trips,
)
from services.feeds.gtfs.model import Agency, FeedInfo, Frequency, Route, Service, Stop, Trip
from services.feeds.gtfs.problems import Problems, Sink
from services.feeds.gtfs.stop_times import read_calls
from services.feeds.gtfs.translations import Translations, read_translations


@dataclass(frozen=True)
class Feed:
    """A feed in memory; the ids that a record refers to are there."""

    info: FeedInfo
    agencies: dict[str, Agency]
    stops: dict[str, Stop]
    routes: dict[str, Route]
    services: dict[str, Service]
    trips: dict[str, Trip]
    frequencies: dict[str, list[Frequency]]
    translations: Translations
    calls: Calls

    @property
    def language(self) -> str:
        """Primary tag of the language of texts that are not translated, or blank."""
        tags = (self.info.language, *(agency.language for agency in self.agencies.values()))
        return next((tag.lower().split("-", 1)[0] for tag in tags if tag and tag.lower() != "mul"), "")


def read_feed(
    path: Path,
    report: Sink,
    *,
    limits: Limits = DEFAULT_LIMITS,
    tell: Callable[[int], None] = lambda _rows: None,
) -> tuple[Feed, Problems]:
    """Read the feed at a path; unsound rows go to ``report`` by file, line and reason.

    The calls are checked trip by trip as they are taken (``Feed.calls.by_trip``), so the problems are returned too:
    close them after that. Raises UnusableFeedError.
    """
    problems = Problems(report)
    with open_archive(path, limits) as archive:
        agencies = read_agencies(archive, problems)
        stops = read_stops(archive, problems)
        routes = read_routes(archive, problems, agencies)
        services = read_services(archive, problems)
        trips = read_trips(archive, problems, routes, services)
        feed = Feed(
            info=read_feed_info(archive, problems),
            agencies=agencies,
            stops=stops,
            routes=routes,
            services=services,
            trips=trips,
            frequencies=read_frequencies(archive, problems, trips),
            translations=read_translations(archive, problems),
            calls=read_calls(archive, problems, trips, stops, tell),
        )
    return feed, problems
