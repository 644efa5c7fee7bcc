"""Rounds of waste collection and the holidays that move them: ``rounds.jsonl`` and ``holidays.yml``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Engine, insert

from kit.clock import Clock
from services.city.core.datasets import ImportReport, Origin
from services.city.models.waste import WasteCalendar, WasteHoliday, WastePart
from services.city.waste import facts, holidays, parts, rounds
from services.city.waste.facts import CalendarSpan, HolidayFacts
from services.city.waste.holidays import Holidays
from services.city.waste.parts import Part
from services.city.waste.rounds import FRACTIONS, Round, on_dates
from services.feeds.waste import model, reader, texts
from services.feeds.waste.model import Answer, RoundsLine
from services.feeds.waste.reader import UnusableFeedError, read_rounds
from services.importers.base import ImportRefusedError, Progress, Version, new_version, silent, stated_origin
from services.importers.checksums import checksum, remember, unchanged
from services.importers.documents import YamlFile, each, read_yaml

_ROUNDS: Final = "rounds.jsonl"
_HOLIDAYS: Final = "holidays.yml"
_CODE: Final = [
    Path(__file__),
    *(Path(str(m.__file__)) for m in (facts, holidays, parts, rounds, model, reader, texts)),
]
_BATCH: Final = 5000
_STORED_ROUNDS: Final = TypeAdapter(tuple[Round, ...])


class WasteImporter:
    """Brings the rounds in as calendars, each with the parts of streets that have it."""

    name = "waste"

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
        """Import the folder of both files; see ``services.importers.base.Importer``.

        The same files again change nothing, unless with ``force``. Raises ImportRefusedError also where a holiday is
        at fault: without it, days would be wrong.
        """
        origin = stated_origin(path, Origin(feed or self.name, "waste", "Waste collection rounds"))
        files = [path / _ROUNDS, path / _HOLIDAYS, *path.glob("origin.yml")]
        sha256 = checksum(files, _CODE)
        known = None if force else unchanged(engine, origin.feed, sha256)
        if known is not None:
            return known
        span, days = _holidays(read_yaml(path / _HOLIDAYS))
        with new_version(engine, origin, clock, compare=("parts",), force=force) as version:
            version.valid_from, version.valid_until = span.valid_from, span.valid_until
            remember(version, sha256)
            rows = [_holiday_row(version.id, holiday) for holiday in days]
            if rows:
                version.session.execute(insert(WasteHoliday), rows)
            _store(version, path / _ROUNDS, progress)
            version.report.counts["holidays"] = len(rows)
        return version.report


def _holidays(file: YamlFile) -> tuple[CalendarSpan, list[HolidayFacts]]:
    report = ImportReport()
    found = [holiday for holiday, _ in each(file, "holidays", HolidayFacts, report)]
    if report.problems:
        reasons = "; ".join(f"line {fault['line']}: {fault['reason']}" for fault in report.problems[:5])
        raise ImportRefusedError(f"{file.path}: {reasons}")
    try:
        Holidays(holiday.holiday() for holiday in found)
        return CalendarSpan.model_validate(file.content), found
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise ImportRefusedError(f"{file.path}: {faults}") from error
    except ValueError as error:
        raise ImportRefusedError(f"{file.path}: {error}") from error


def _holiday_row(dataset_id: int, holiday: HolidayFacts) -> dict[str, Any]:
    return {
        "dataset_id": dataset_id,
        "day": holiday.date,
        "moved_to": holiday.moved_to,
        "name_fr": holiday.names.fr,
        "name_nl": holiday.names.nl,
        "name_en": holiday.names.en,
    }


def _store(version: Version, path: Path, progress: Progress) -> None:
    calendars: dict[tuple[Round, ...], int] = {}
    rows = []
    for street, found in _streets(version, path).items():
        for part, line in found:
            calendar = calendars.setdefault(tuple(_rounds(line)), len(calendars))
            numbers = {"number_from": part.number_from, "number_to": part.number_to, "side": part.side}
            rows.append({"dataset_id": version.id, "street_id": street, "calendar": calendar, **numbers})
    stored = [
        {"dataset_id": version.id, "number": number, "rounds": _STORED_ROUNDS.dump_python(calendar, mode="json")}
        for calendar, number in calendars.items()
    ]
    if stored:
        version.session.execute(insert(WasteCalendar), stored)
    for start in range(0, len(rows), _BATCH):
        version.session.execute(insert(WastePart), rows[start : start + _BATCH])
        progress(f"{min(start + _BATCH, len(rows)):,} of {len(rows):,} parts of streets")
    streets = len({row["street_id"] for row in rows})
    version.report.counts |= {"streets": streets, "parts": len(rows), "calendars": len(calendars)}


def _streets(version: Version, path: Path) -> dict[int, list[tuple[Part, RoundsLine]]]:
    """Return each street's parts; a street with a line at fault is left out whole.

    With one part missing, the others would be taken for all of the street.
    """
    streets: dict[int, list[tuple[Part, RoundsLine]]] = {}
    faulty: set[int] = set()
    try:
        for number, line in read_rounds(path, version.report.problem, faulty.add):
            street, part = int(line.street_id), Part(line.number_from, line.number_to, line.side)
            found = streets.setdefault(street, [])
            for other, _ in found:
                if part.overlaps(other):
                    faulty.add(street)
                    reason = f"street {street}: {part} overlaps {other} of an earlier line"
                    version.report.problem(path.name, number, reason)
            found.append((part, line))
    except UnusableFeedError as error:
        raise ImportRefusedError(str(error)) from error
    return {street: found for street, found in streets.items() if street not in faulty}


def _rounds(line: RoundsLine) -> Iterator[Round]:
    if line.answer is not None:
        yield from _weekly(line.answer)
    if line.dates is not None:
        for fraction in FRACTIONS:
            days = line.dates.bags.get(fraction, ())
            yield from on_dates(fraction, days, line.dates.opens_min, line.dates.until_min)


def _weekly(answer: Answer) -> Iterator[Round]:
    """Yield the rounds: every week but for the green bag, which comes on its dates only."""
    for weekday, out in sorted(answer.desc_ramassage.items()):
        for fraction in FRACTIONS:
            if fraction != "green" and fraction in out.bags:
                yield Round(fraction, weekday, out.opens_min, out.until_min)
        green = [day for day in answer.SacsVerts if day.weekday() == weekday]
        yield from on_dates("green", green, out.opens_min, out.until_min)
