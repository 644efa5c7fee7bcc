"""The hand-written facts of the sample transport feed (``lines/*.yml``), read and checked.

Anything that does not fit (an unknown place, a timetable that is not there, a place no line calls at) raises
``FactsError`` with the file and the reason, so a slip in the YAML never reaches the feed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

FACTS_DIR: Final = Path(__file__).parent / "lines"
LINE_FILES: Final = ("metro.yml", "tram.yml", "bus.yml")

Direction = Literal["out", "back"]
Mode = Literal["metro", "tram", "bus"]
# The order is GTFS's direction_id: 0 is outward.
DIRECTIONS: Final[tuple[Direction, Direction]] = ("out", "back")
_T = TypeVar("_T")


class FactsError(ValueError):
    """The facts contradict each other or have the wrong shape."""


def _seconds(value: object) -> object:
    """Read ``"24:15"`` as seconds after the service day's midnight."""
    if isinstance(value, str) and ":" in value:
        hours, minutes = value.split(":")
        return int(hours) * 3600 + int(minutes) * 60
    return value


ServiceTime = Annotated[int, BeforeValidator(_seconds)]


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Place(_Facts):
    """A place that people know by one name, whatever number of platforms it has."""

    fr: str
    nl: str = ""
    at: tuple[float, float]
    station: bool = False
    wheelchair: bool | None = None

    @property
    def dutch(self) -> str:
        """The Dutch name, which is the French one where there is only one name."""
        return self.nl or self.fr


class Day(_Facts):
    """The headways of one service: the time each begins -> minutes, and the last departure of the day."""

    headways: dict[ServiceTime, int] = Field(min_length=1)
    last: ServiceTime


class Line(_Facts):
    """One line: the places it calls at from first to last, some of them in one direction only."""

    mode: Mode
    color: str = Field(pattern=r"^[0-9A-F]{6}$")
    timetable: str
    speed_kmh: float = Field(gt=5, lt=60)
    shift_min: tuple[int, int]
    calls: list[str | dict[Direction, str]]

    def places(self, direction: Direction) -> list[str]:
        """Return the slugs in the order this direction calls at them."""
        own = [call if isinstance(call, str) else call.get(direction) for call in self.calls]
        slugs = [slug for slug in own if slug is not None]
        return slugs if direction == "out" else slugs[::-1]


class Agency(_Facts):
    """The operator, as agency.txt names it."""

    id: str
    name: str
    url: str
    phone: str


class Feed(_Facts):
    """What the feed says about itself and about its days."""

    publisher: str
    publisher_url: str
    version: str
    agency: Agency
    valid_from: date
    valid_until: date
    services: dict[str, tuple[int, int, int, int, int, int, int]]
    holiday_service: str
    holiday_replaces: list[str]


class Facts(_Facts):
    """All facts together; every reference among them holds."""

    feed: Feed
    places: dict[str, Place]
    timetables: dict[str, dict[str, Day]]
    lines: dict[str, Line]


def load(folder: Path = FACTS_DIR) -> Facts:
    """Read the YAML files of a folder; raise ``FactsError`` on the first thing wrong."""
    lines: dict[str, Line] = {}
    for file in LINE_FILES:
        lines.update(_read(folder / file, TypeAdapter(dict[str, Line])))
    facts = Facts(
        feed=_read(folder / "feed.yml", TypeAdapter(Feed)),
        places=_read(folder / "places.yml", TypeAdapter(dict[str, Place])),
        timetables=_read(folder / "timetables.yml", TypeAdapter(dict[str, dict[str, Day]])),
        lines=lines,
    )
    problems = list(_contradictions(facts))
    if problems:
        raise FactsError("; ".join(problems))
    return facts


def _read(path: Path, shape: TypeAdapter[_T]) -> _T:
    raw: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        return shape.validate_python(raw)
    except ValidationError as error:
        raise FactsError(f"{path.name}: {error}") from error


def _contradictions(facts: Facts) -> Iterator[str]:
    called: set[str] = set()
    for name, line in facts.lines.items():
        slugs = [*line.places("out"), *line.places("back")]
        called.update(slugs)
        yield from (f"line {name}: unknown place {slug}" for slug in slugs if slug not in facts.places)
        if line.timetable not in facts.timetables:
            yield f"line {name}: unknown timetable {line.timetable}"
    yield from (f"places.yml: no line calls at {slug}" for slug in sorted(facts.places.keys() - called))
    for name, days in facts.timetables.items():
        yield from (f"timetable {name}: unknown service {day}" for day in days if day not in facts.feed.services)
    for service in (facts.feed.holiday_service, *facts.feed.holiday_replaces):
        if service not in facts.feed.services:
            yield f"feed.yml: unknown service {service}"
