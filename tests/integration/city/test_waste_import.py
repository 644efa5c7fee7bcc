"""Calendars, from the files to the tables: what is taken, what is left out, what is refused."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from services.city.core.datasets import ImportReport
from services.city.models.datasets import Dataset
from services.city.models.waste import WasteCalendar, WasteHoliday, WastePart
from services.importers.base import ImportRefusedError
from services.importers.waste import WasteImporter
from tests.integration.city import rounds
from tests.integration.city.conftest import SAMPLE, SettableClock

WEEK = {"lundi": "Dimanche, sortez vos sacs BLANC, BLEU et VERT entre 18:00 et 24:00"}
OTHER = {"mardi": "Lundi, sortez vos sacs BLANC et JAUNE entre 18:00 et 20:00"}
DATES = {"opens_min": 1080, "until_min": 1440, "bags": {"blue": ["2026-11-24"]}}
DATED = {**rounds.line(9, WEEK), "answer": None, "dates": DATES}
GOOD: list[dict[str, Any] | str] = [
    rounds.line(1, WEEK),
    rounds.line(2, WEEK),
    rounds.line(3, WEEK, numbers=(1, 99), side="odd"),
    rounds.line(3, OTHER, numbers=(2, None), side="even"),
]


def brought_in(app: FastAPI, path: Path, **options: Any) -> ImportReport:
    return WasteImporter().run(app.state.engine, path, app.state.clock, **options)


def streets(app: FastAPI) -> list[int]:
    with app.state.sessions() as session:
        return sorted(set(session.scalars(select(WastePart.street_id))))


def changed(line: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**line, **fields}


def answering(line: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**line, "answer": {**line["answer"], **fields}}


def saying(line: dict[str, Any], **texts: str) -> dict[str, Any]:
    return answering(line, desc_ramassage={**line["answer"]["desc_ramassage"], **texts})


def test_parts_with_the_same_rounds_share_a_calendar(app: FastAPI, tmp_path: Path) -> None:
    report = brought_in(app, rounds.write(tmp_path, GOOD))
    assert report.counts == {"streets": 3, "parts": 4, "calendars": 2, "holidays": 2}
    assert report.problems == []


def test_the_calendar_is_valid_as_the_holidays_are(app: FastAPI, tmp_path: Path) -> None:
    brought_in(app, rounds.write(tmp_path, GOOD))
    with app.state.sessions() as session:
        dataset = session.scalars(select(Dataset)).one()
        assert (dataset.valid_from, dataset.valid_until) == (date(2026, 1, 1), date(2026, 12, 31))


def test_the_same_files_again_change_nothing(app: FastAPI, clock: SettableClock, tmp_path: Path) -> None:
    path = rounds.write(tmp_path, [*GOOD, "{"])
    first = brought_in(app, path)
    clock.at = datetime.fromisoformat("2026-11-24T09:00:00+01:00")
    assert brought_in(app, path) == first
    with app.state.sessions() as session:
        dataset = session.scalars(select(Dataset)).one()
        assert dataset.imported_at.day == 23
        assert session.scalar(select(func.count()).select_from(WastePart)) == 4
    brought_in(app, path, force=True)
    with app.state.sessions() as session:
        assert session.scalars(select(Dataset)).one().imported_at.day == 24


@pytest.mark.parametrize("file", ["rounds.jsonl", "holidays.yml"])
def test_a_change_in_either_file_is_taken(app: FastAPI, tmp_path: Path, file: str) -> None:
    brought_in(app, rounds.write(tmp_path, GOOD))
    if file == "rounds.jsonl":
        rounds.write(tmp_path, [*GOOD, rounds.line(4, OTHER)])
    else:
        rounds.write(tmp_path, GOOD, rounds.HOLIDAYS.replace("moved_to: 2026-12-26", "moved_to: null"))
    brought_in(app, tmp_path)
    with app.state.sessions() as session:
        moved = session.get(WasteHoliday, (session.scalars(select(Dataset.id)).one(), date(2026, 12, 25)))
        assert moved.moved_to == (date(2026, 12, 26) if file == "rounds.jsonl" else None)
        assert session.scalar(select(func.count()).select_from(WastePart)) == (5 if file == "rounds.jsonl" else 4)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        pytest.param("{", "not JSON", id="broken JSON"),
        pytest.param("[" * 100_000, "not JSON", id="a tower of brackets"),
        pytest.param("3", "dictionary", id="not an object"),
        pytest.param(changed(rounds.line(9, WEEK), street_id="9a"), "street_id", id="street id"),
        pytest.param(changed(rounds.line(9, WEEK), zip="12345"), "zip", id="postcode"),
        pytest.param(changed(rounds.line(9, WEEK), side="left"), "side", id="side"),
        pytest.param(changed(rounds.line(9, WEEK), number_from="1"), "number_from", id="a number as text"),
        pytest.param(changed(rounds.line(9, WEEK), number_from=0), "number_from", id="number nought"),
        pytest.param(changed(rounds.line(9, WEEK), number_from=9, number_to=3), "number_from 9", id="backwards"),
        pytest.param(changed(rounds.line(9, WEEK), streetid="1"), "streetid", id="a misspelt key"),
        pytest.param({"street_id": "9"}, "street_fr", id="half a line"),
        pytest.param(changed(rounds.line(9, WEEK), answer=None), "either answer or dates", id="no answer"),
        pytest.param(changed(rounds.line(9, WEEK), dates=DATES), "either answer or dates", id="an answer and dates"),
        pytest.param(changed(DATED, dates={**DATES, "until_min": 1080}), "no window", id="no window"),
        pytest.param(changed(DATED, dates={**DATES, "bags": {}}), "dates.bags", id="dates of no bag"),
        pytest.param(changed(DATED, dates={**DATES, "bags": {"pink": ["2026-11-24"]}}), "pink", id="an unknown bag"),
        pytest.param(rounds.line(9, {}), "no round on any weekday", id="no round"),
        pytest.param(rounds.line(9, {"maandag": ""}), "not the weekdays", id="another weekday"),
        pytest.param(saying(rounds.line(9, WEEK), mardi="?"), "mardi: no bags and times", id="not understood"),
        pytest.param(rounds.line(9, WEEK, ("2026-03-03",)), "is a mardi, which has no round", id="green without round"),
        pytest.param(rounds.line(9, WEEK, ("2026-02-30",)), "SacsVerts", id="no such day"),
        pytest.param(answering(rounds.line(9, WEEK), desc_ramassage="lundi"), "desc_ramassage", id="texts as text"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_taken(
    app: FastAPI, tmp_path: Path, bad: dict[str, Any] | str, reason: str
) -> None:
    report = brought_in(app, rounds.write(tmp_path, [GOOD[0], bad, *GOOD[1:]]))
    assert {(problem["file"], problem["line"]) for problem in report.problems} == {("rounds.jsonl", 2)}
    assert reason in "; ".join(problem["reason"] for problem in report.problems)
    assert streets(app) == [1, 2, 3]


def test_a_line_that_is_not_utf8_is_named(app: FastAPI, tmp_path: Path) -> None:
    path = rounds.write(tmp_path, GOOD)
    raw = (path / "rounds.jsonl").read_bytes()
    (path / "rounds.jsonl").write_bytes(raw + "é\n".encode("latin-1"))
    (problem,) = brought_in(app, path).problems
    assert (problem["line"], problem["reason"]) == (5, "not UTF-8 (byte 0)")


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(changed(rounds.line(3, OTHER, numbers=(200, None)), side="left"), id="a fault in it"),
        pytest.param(json.dumps(rounds.line(3, OTHER, numbers=(200, None)))[:-3], id="cut off"),
        pytest.param(rounds.line(3, OTHER, numbers=(50, 60)), id="overlapping another part"),
    ],
)
def test_a_street_with_a_bad_part_is_left_out_whole(app: FastAPI, tmp_path: Path, bad: dict[str, Any] | str) -> None:
    report = brought_in(app, rounds.write(tmp_path, [*GOOD, bad]))
    assert streets(app) == [1, 2]
    assert {problem["line"] for problem in report.problems} == {5}


def test_green_bags_come_on_their_dates_and_not_every_week(app: FastAPI, tmp_path: Path) -> None:
    green = ("2026-11-02", "2026-11-16", "2026-11-30")
    brought_in(app, rounds.write(tmp_path, [rounds.line(1, WEEK, green)]))
    with app.state.sessions() as session:
        stored = session.scalars(select(WasteCalendar)).one().rounds
    assert [(each["fraction"], each["first"], each["last"], each["every_weeks"]) for each in stored] == [
        ("white", None, None, 1),
        ("blue", None, None, 1),
        ("green", "2026-11-02", "2026-11-30", 2),
    ]


HOLIDAY = "  - {date: 2026-11-11, moved_to: 2026-11-14, names: {fr: Armistice, nl: Wapenstilstand, en: Armistice Day}}"


@pytest.mark.parametrize(
    ("written", "instead", "reason"),
    [
        pytest.param("moved_to: 2026-11-14", "moved_to: soon", "line 6: moved_to", id="not a date"),
        pytest.param("moved_to: 2026-11-14", "moved_to: 2027-11-14", "within 14 days", id="a year later"),
        pytest.param("moved_to: 2026-11-14", "moved_to: 2026-11-11", "not another day", id="to itself"),
        pytest.param("moved_to: 2026-12-26", "moved_to: 2026-12-25", "line 7", id="second holiday to itself"),
        pytest.param(", en: Armistice Day", "", "line 6: names.en", id="a language is missing"),
        pytest.param(HOLIDAY, f"{HOLIDAY}\n{HOLIDAY}", "2026-11-11 is there twice", id="twice"),
        pytest.param(
            "date: 2026-12-25, moved_to: 2026-12-26",
            "date: 2026-11-14, moved_to: null",
            "a day without rounds itself",
            id="to a holiday",
        ),
        pytest.param("valid_until: 2026-12-31\n", "", "valid_until", id="no end"),
        pytest.param("valid_until: 2026-12-31", "valid_until: 2025-12-31", "before valid_from", id="ends too early"),
        pytest.param("holidays:", "days:", "no list under 'holidays'", id="no holidays"),
        pytest.param("holidays:", "holidays: [", "not YAML", id="broken YAML"),
    ],
)
def test_a_holiday_at_fault_refuses_the_calendar_and_the_old_one_stays(
    app: FastAPI, tmp_path: Path, written: str, instead: str, reason: str
) -> None:
    brought_in(app, rounds.write(tmp_path / "good", GOOD))
    holidays = rounds.HOLIDAYS.replace(written, instead)
    bad = rounds.write(tmp_path / "bad", [rounds.line(7, WEEK)], holidays)
    with pytest.raises(ImportRefusedError, match=reason):
        brought_in(app, bad)
    assert streets(app) == [1, 2, 3]


@pytest.mark.parametrize("missing", ["rounds.jsonl", "holidays.yml"])
def test_a_missing_file_is_named(app: FastAPI, tmp_path: Path, missing: str) -> None:
    path = rounds.write(tmp_path, GOOD)
    (path / missing).unlink()
    with pytest.raises(ImportRefusedError, match=f"{missing}: cannot be read"):
        brought_in(app, path)


def test_half_a_calendar_is_refused_unless_forced(app: FastAPI, tmp_path: Path) -> None:
    brought_in(app, rounds.write(tmp_path, GOOD))
    rounds.write(tmp_path, GOOD[:1])
    with pytest.raises(ImportRefusedError, match="less than half"):
        brought_in(app, tmp_path)
    assert streets(app) == [1, 2, 3]
    brought_in(app, tmp_path, force=True)
    assert streets(app) == [1]


def test_an_empty_calendar_is_refused_with_its_first_problem(app: FastAPI, tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match=r"no parts in this feed \(first of 1 problems: rounds.jsonl:1"):
        brought_in(app, rounds.write(tmp_path, ["{"]))


def test_the_sample_has_no_problem(app: FastAPI) -> None:
    report = brought_in(app, SAMPLE / "waste")
    assert report.problems == []
    assert report.counts["streets"] > 100
    with app.state.sessions() as session:
        dataset = session.scalars(select(Dataset)).one()
        assert dataset.sample is True
        assert dataset.source_name == "Ville d'exemple · Voorbeeldstad · Sample city"
