"""STIB-MIVB's waiting times and travellers' information."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Final

from services.city.transport.realtime import forms
from services.feeds.errors import UnexpectedContentError
from services.feeds.stib_realtime import TRAVELLERS_INFORMATION, WAITING_TIMES
from services.feeds.stib_realtime.travellers_information import messages
from services.feeds.stib_realtime.waiting_times import passings
from services.importers.realtime.snapshots import Poll, SnapshotImporter, Told

#: Passings this long past are left out; where all are, the source stands still or a clock is wrong.
_PAST: Final = timedelta(minutes=5)
_LEAST_IMPORTANT: Final = 9


def read_waiting_times(content: bytes, poll: Poll) -> Told:
    """Return the passings of each stop, soonest first."""
    by_stop: dict[str, list[forms.Passing]] = {}
    past = count = 0
    for each in passings(content, poll.report.problem):
        stop, line = poll.resolver.stop(each.point), poll.resolver.line(each.line)
        if stop is None or line is None:
            continue
        if each.expected < poll.now - _PAST:
            past += 1
            continue
        count += 1
        by_stop.setdefault(stop, []).append(
            forms.Passing(
                line, int(each.expected.timestamp()), each.destination_fr, each.destination_nl, not each.theoretical
            )
        )
    if past and not count:
        raise UnexpectedContentError(f"all {past} passings are past: it stands still, or a clock is wrong")
    poll.report.counts |= {"passings": count, "stops": len(by_stop), "past": past}
    return Told(forms.pack_passings({stop: sorted(found, key=_by_time) for stop, found in by_stop.items()}))


def read_travellers_information(content: bytes, poll: Poll) -> Told:
    """Return the messages, the most important first."""
    found = []
    for each in messages(content, poll.report.problem):
        lines = tuple(line for written in each.lines if (line := poll.resolver.line(written)) is not None)
        stops = tuple(stop for point in each.points if (stop := poll.resolver.stop(point)) is not None)
        about_nothing_known = (each.lines or each.points) and not (lines or stops)
        if about_nothing_known:
            continue
        words = "\n".join(f"{language}:{text}" for language, text in sorted(each.texts.items()))
        found.append(
            forms.Message(
                id=f"{poll.source.name}:{hashlib.sha256(words.encode()).hexdigest()[:16]}",
                texts=each.texts,
                lines=lines,
                stops=tuple(dict.fromkeys(stops)),
                network=not (each.lines or each.points),
                importance=min(max(each.priority or _LEAST_IMPORTANT, 1), _LEAST_IMPORTANT),
            )
        )
    poll.report.counts |= {"messages": len(found)}
    return Told(forms.pack_messages(sorted(found, key=lambda message: message.importance)))


def _by_time(passing: forms.Passing) -> int:
    return passing.expected


STIB_IMPORTERS: Final = (
    SnapshotImporter(WAITING_TIMES, "passings", read_waiting_times),
    SnapshotImporter(TRAVELLERS_INFORMATION, "messages", read_travellers_information),
)
