"""GTFS Realtime of any operator: trip updates and alerts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from services.city.transport.realtime import forms
from services.feeds.gtfs_realtime import ALERTS, TRIP_UPDATES
from services.feeds.gtfs_realtime.model import Alert, FeedMessage
from services.feeds.gtfs_realtime.reader import read
from services.importers.realtime.snapshots import Poll, SnapshotImporter, Told
from services.importers.timetable.lines import mode

#: GTFS's severities, 1 to 4, among importances, 1 to 9.
_IMPORTANCE: Final = {1: 1, 2: 2, 3: 4, 4: 7}
_LAST_SECOND: Final = 253_402_300_799  # of the year 9999


def read_trip_updates(content: bytes, poll: Poll) -> Told:
    """Return what is known of each trip."""
    feed = _read(content, poll)
    updates = []
    for trip in feed.trips:
        line = poll.resolver.route(trip.route_id) if trip.route_id else None
        if trip.state == "added" and line is None:
            continue
        stops = [
            forms.StopUpdate(
                poll.resolver.stop(stop.stop_id) if stop.stop_id else None,
                stop.sequence,
                stop.state,
                stop.delay_s,
                stop.departs,
            )
            for stop in trip.stops
        ]
        kept = [stop for stop in stops if stop.stop_id is not None or stop.sequence is not None]
        update = forms.TripUpdate(trip.trip_id, line, trip.start_date, trip.start_time, trip.state, trip.delay_s, "")
        updates.append((update, kept))
    poll.report.counts |= {"trips": len(updates)}
    return Told(forms.pack_trips(updates), _made_at(feed))


def read_alerts(content: bytes, poll: Poll) -> Told:
    """Return the messages, the most important first."""
    feed = _read(content, poll)
    found = [message for alert in feed.alerts if (message := _message(alert, poll)) is not None]
    poll.report.counts |= {"messages": len(found)}
    return Told(forms.pack_messages(sorted(found, key=lambda message: message.importance)), _made_at(feed))


def _read(content: bytes, poll: Poll) -> FeedMessage:
    language = str(poll.source.settings.get("language", "fr"))
    return read(content, poll.source.name, poll.report.problem, language=language)


def _message(alert: Alert, poll: Poll) -> forms.Message | None:
    lines = tuple(dict.fromkeys(line for route in alert.routes if (line := poll.resolver.route(route)) is not None))
    stops = tuple(dict.fromkeys(stop for each in alert.stops if (stop := poll.resolver.stop(each)) is not None))
    modes = tuple(dict.fromkeys(mode(each) for each in alert.modes))
    if not (lines or stops or modes or alert.network):
        return None
    return forms.Message(
        id=f"{poll.source.name}:{alert.id}"[:200],
        titles=alert.headers if alert.descriptions else {},
        texts=alert.descriptions or alert.headers,
        urls=alert.urls,
        lines=lines,
        stops=stops,
        modes=modes,
        network=alert.network,
        importance=_IMPORTANCE[alert.severity],
        effect=alert.effect,
        periods=tuple(forms.Period(since=_instant(since), until=_instant(until)) for since, until in alert.periods),
    )


def _made_at(feed: FeedMessage) -> datetime | None:
    return _instant(feed.made_at)


def _instant(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None and 0 < seconds <= _LAST_SECOND else None


TRIP_UPDATE_IMPORTERS: Final = tuple(SnapshotImporter(source, "trips", read_trip_updates) for source in TRIP_UPDATES)
ALERT_IMPORTERS: Final = tuple(SnapshotImporter(source, "messages", read_alerts) for source in ALERTS)
