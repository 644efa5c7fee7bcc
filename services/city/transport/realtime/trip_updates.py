"""What a GTFS Realtime trip update says of a trip at one of its stops: see gtfs.org/realtime, Trip Updates.

A delay holds for the stops that follow until a later stop says otherwise; NO_DATA ends what is known; a skipped stop
changes nothing for those after it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.city.transport.realtime.forms import StopUpdate, TripUpdate


@dataclass(frozen=True, slots=True)
class AtStop:
    """What is known of one departure: ``unknown``, ``cancelled``, or ``expected`` at a time (UTC seconds)."""

    state: Literal["unknown", "cancelled", "expected"]
    departs_s: int | None = None


UNKNOWN = AtStop("unknown")
CANCELLED = AtStop("cancelled")


def of_run(updates: Sequence[TripUpdate], day: date, starts: str) -> TripUpdate | None:
    """Return the update of the run of a service day that starts at a time (``HH:MM:SS``), or None."""
    written = f"{day:%Y%m%d}"
    fitting = [each for each in updates if each.day in (None, written) and _same_start(each.starts, starts)]
    # One that names the day is about this run more surely than one that does not.
    return max(fitting, key=lambda each: (each.day is not None, each.starts is not None), default=None)


def at_stop(update: TripUpdate, position: int, stop_ids: Sequence[str], scheduled_s: Callable[[int], int]) -> AtStop:
    """Return what an update says of the call at ``position`` of a trip that calls at ``stop_ids``.

    ``scheduled_s`` gives the scheduled departure of a position in UTC seconds.
    """
    if update.state == "cancelled":
        return CANCELLED
    delay_s = update.delay_s
    for where, stop in _placed(update.updates(), stop_ids):
        if where > position:
            break
        if stop.state == "skipped":
            if where == position:
                return CANCELLED
        elif stop.state == "no_data":
            delay_s = None
        elif where == position and stop.departs is not None:
            return AtStop("expected", stop.departs)
        else:
            delay_s = stop.departs - scheduled_s(where) if stop.departs is not None else stop.delay_s
    return UNKNOWN if delay_s is None else AtStop("expected", scheduled_s(position) + delay_s)


def _placed(updates: Sequence[StopUpdate], stop_ids: Sequence[str]) -> list[tuple[int, StopUpdate]]:
    """Return updates with their positions in the trip; a stop that it does not call at is left out.

    Stops are sought from the last one on, so that a loop's second call is its own. Numbers alone are taken to count
    from 1 without gaps, as they nearly always do.
    """
    found: list[tuple[int, StopUpdate]] = []
    after = 0
    for update in updates:
        if update.stop_id is None:
            where = (update.sequence or 0) - 1
            if not after <= where < len(stop_ids):
                continue
        else:
            try:
                where = stop_ids.index(update.stop_id, after)
            except ValueError:
                continue
        found.append((where, update))
        after = where + 1
    return found


def _same_start(written: str | None, starts: str) -> bool:
    return written is None or written.zfill(8) == starts
