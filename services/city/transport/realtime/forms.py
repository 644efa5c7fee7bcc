"""What is stored of real time, whatever source it is from, and how it is packed into a snapshot's body.

Ids of stops are the timetable's own (``Platform.stop_id``), lines are the public ids of ``wording.line_id``: the
importer has resolved them, so that readers compare and do not guess.
"""

from __future__ import annotations

import zlib
from datetime import datetime
from typing import Final, Literal, NamedTuple

import orjson
from pydantic import AwareDatetime, BaseModel, Field

#: Packs a body of 500 kB into some 60 kB in 5 ms.
_LEVEL: Final = 3

Kind = Literal["passings", "trips", "messages"]


class Passing(NamedTuple):
    """When a vehicle of a line is expected (UTC seconds since 1970); ``measured`` is false for a timetable's time."""

    line: str
    expected: int
    fr: str | None
    nl: str | None
    measured: bool


class StopUpdate(NamedTuple):
    """What is known of a trip at one stop."""

    stop_id: str | None
    sequence: int | None
    state: str  # known, skipped, no_data
    delay_s: int | None
    departs: int | None


class TripUpdate(NamedTuple):
    """What is known of a run of a trip; ``stops`` is JSON of StopUpdates, read when a board needs it."""

    trip_id: str
    line: str | None
    day: str | None  # YYYYMMDD
    starts: str | None  # HH:MM:SS
    state: str  # running, cancelled, added
    delay_s: int | None
    stops: str

    def updates(self) -> list[StopUpdate]:
        """Return what is known at each stop, in order."""
        return [StopUpdate(*each) for each in orjson.loads(self.stops)]


class Period(BaseModel):
    """A span of time, open where an end is missing."""

    since: AwareDatetime | None = None
    until: AwareDatetime | None = None

    def holds(self, at: datetime) -> bool:
        """Tell whether an instant is within the span."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


class Message(BaseModel):
    """A message for travellers: words by language, and what it is about. ``importance`` 1 matters most."""

    id: str
    titles: dict[str, str] = Field(default_factory=dict)
    texts: dict[str, str]
    urls: dict[str, str] = Field(default_factory=dict)
    lines: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    network: bool = False
    importance: int = Field(default=5, ge=1, le=9)
    effect: str | None = None
    periods: tuple[Period, ...] = ()


def pack_passings(by_stop: dict[str, list[Passing]]) -> bytes:
    """Return the passings of each stop as a body."""
    return _pack({stop: [tuple(each) for each in found] for stop, found in by_stop.items()})


def unpack_passings(body: bytes) -> dict[str, list[list[object]]]:
    """Return the passings of each stop as plain lists, which ``Passing(*each)`` makes whole."""
    found: dict[str, list[list[object]]] = orjson.loads(zlib.decompress(body))
    return found


def pack_trips(updates: list[tuple[TripUpdate, list[StopUpdate]]]) -> bytes:
    """Return trip updates, each with its stops, as a body."""
    return _pack([(*update[:-1], orjson.dumps([tuple(stop) for stop in stops]).decode()) for update, stops in updates])


def unpack_trips(body: bytes) -> list[TripUpdate]:
    """Return the trip updates of a body."""
    return [TripUpdate(*each) for each in orjson.loads(zlib.decompress(body))]


def pack_messages(messages: list[Message]) -> bytes:
    """Return messages as a body."""
    return _pack([message.model_dump(mode="json") for message in messages])


def unpack_messages(body: bytes) -> list[Message]:
    """Return the messages of a body."""
    return [Message.model_validate(each) for each in orjson.loads(zlib.decompress(body))]


def _pack(content: object) -> bytes:
    return zlib.compress(orjson.dumps(content), _LEVEL)
