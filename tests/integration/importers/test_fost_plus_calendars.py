"""Fost Plus's calendars, from a made-up service to the collections at an address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.city.core.errors import NotFoundError
from services.city.waste.schedules import schedule_at
from services.feeds import arp_gan
from services.feeds.errors import FeedRefusedError
from services.feeds.fost_plus import SOURCE
from services.feeds.http import Fetcher
from services.feeds.settings import FetchSettings
from services.importers.base import ImportRefusedError
from services.importers.best import BestImporter
from services.importers.calendars.fost_plus import update
from services.importers.communes import CommunesImporter
from services.importers.updates import Job
from tests.feeds_server import Asked, FeedsServer, Reply
from tests.integration.city import best
from tests.integration.city.conftest import SAMPLE, SettableClock

DOORS = [
    *(best.line(1, "Rue Blaes", "Blaesstraat", "1000", str(number), lat=50.83, lon=4.34) for number in range(1, 41)),
    best.line(3, "Rue au Bois", "Bosstraat", "1160", "1", lat=50.81, lon=4.42),
]
WHITE = {"nl": "Restafval", "fr": "Déchets résiduels", "en": "Residual waste"}
GREEN = {"nl": "Tuinafval", "fr": "Déchets de jardin", "en": "Garden waste"}


def collections(asked: Asked) -> Reply:
    """White bags on Tuesdays and Fridays up to number 20, on Mondays and Thursdays after; Christmas a day later."""
    weekdays = {1, 4} if int(asked.query["houseNumber"]) <= 20 else {0, 3}
    first, last = (date.fromisoformat(asked.query[each]) for each in ("fromDate", "untilDate"))
    items = []
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        if day.weekday() in weekdays:
            christmas = day == date(2026, 12, 25)
            items.append({"day": day, "name": WHITE, "exception": {"replacedBy": "x"} if christmas else None})
            if christmas:
                items.append({"day": date(2026, 12, 26), "name": WHITE, "exception": {"replacing": "y"}})
    items.append({"day": date(2026, 11, 27), "name": GREEN, "exception": None})
    written = [
        {
            "type": "collection",
            "timestamp": f"{item['day']}T00:00:00.000Z",
            "fraction": {"name": item["name"]},
            **({"exception": item["exception"]} if item["exception"] else {}),
        }
        for item in items
    ]
    return Reply.json({"items": written, "total": len(written), "page": 1})


@pytest.fixture
def job(
    engine: Engine, clock: SettableClock, tmp_path: Path, server: FeedsServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Job]:
    monkeypatch.setenv("BXL_FEEDS_FOST_PLUS_URL", server.url())
    monkeypatch.setenv("BXL_FEEDS_FOST_PLUS_SECRET", "made-up")
    server.answer("/access-token", lambda _asked: Reply.json({"accessToken": "t"}))
    server.answer("/zipcodes", lambda asked: Reply.json({"items": [{"id": "z", "code": asked.query["q"]}]}))
    server.answer("/streets", lambda _asked: Reply.json({"items": [{"id": "s", "name": "Blaesstraat"}]}))
    server.answer("/collections", collections)
    CommunesImporter().run(engine, SAMPLE / "communes", clock)
    BestImporter().run(engine, best.write(tmp_path / "openaddress.csv", DOORS), clock)
    folder = tmp_path / "fost_plus"
    folder.mkdir()
    with Fetcher(clock, FetchSettings(tries=1)) as fetcher:
        yield Job(engine, clock, fetcher, SOURCE, folder)


def days(job: Job, place: str, first: date, last: date) -> list[tuple[str, str]]:
    with Session(job.engine) as session:
        found = schedule_at(session, place).collections(first, last)
    return [(each.day.isoformat(), each.fraction) for each in found]


def test_days_are_answered_by_number_to_the_door(job: Job) -> None:
    outcome = update(job)
    assert outcome.report is not None
    assert (outcome.changed, outcome.report.counts["streets"], outcome.report.problems) == (True, 1, [])
    week = (date(2026, 11, 23), date(2026, 11, 29))
    assert days(job, "address:1:20", *week) == [
        ("2026-11-24", "white"),
        ("2026-11-27", "white"),
        ("2026-11-27", "green"),
    ]
    assert days(job, "address:1:21", *week) == [
        ("2026-11-23", "white"),
        ("2026-11-26", "white"),
        ("2026-11-27", "green"),
    ]


def test_a_replaced_day_is_not_answered_but_the_one_in_its_place(job: Job) -> None:
    update(job)
    assert days(job, "address:1:1", date(2026, 12, 22), date(2026, 12, 29)) == [
        ("2026-12-22", "white"),
        ("2026-12-26", "white"),
        ("2026-12-29", "white"),
    ]


def test_the_calendar_ends_where_the_service_was_asked_until(job: Job) -> None:
    update(job)
    with Session(job.engine) as session:
        assert schedule_at(session, "address:1:1").covered(date(2026, 11, 23), 400) == (
            date(2026, 11, 23),
            date(2026, 11, 23) + timedelta(days=180),
        )


def test_bags_go_out_in_the_hours_that_the_settings_say(job: Job) -> None:
    update(job)
    with Session(job.engine) as session:
        windows = {(each.opens_min, each.until_min) for each in schedule_at(session, "address:1:1").rounds}
    assert windows == {(18 * 60, 24 * 60)}


def test_a_street_that_the_service_does_not_know_has_no_rounds(job: Job) -> None:
    update(job)
    with pytest.raises(NotFoundError, match="No collection rounds"):
        days(job, "street:3", date(2026, 11, 23), date(2026, 11, 29))


def test_without_a_secret_nothing_changes(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    update(job)
    monkeypatch.delenv("BXL_FEEDS_FOST_PLUS_SECRET")
    job.clock.at += timedelta(days=61)  # type: ignore[attr-defined]  # the clock of tests
    with pytest.raises(FeedRefusedError, match="BXL_FEEDS_FOST_PLUS_SECRET"):
        update(job)
    assert days(job, "address:1:20", date(2026, 11, 24), date(2026, 11, 24))


def test_the_agencys_own_calendars_stay_unless_forced(job: Job) -> None:
    update(job)
    with job.engine.begin() as connection:
        change: tuple[Any, ...] = (arp_gan.SOURCE.url,)
        connection.exec_driver_sql("UPDATE datasets SET source_url = ? WHERE feed = 'waste'", change)
    with pytest.raises(ImportRefusedError, match="evening rounds"):
        update(job)
    assert update(Job(**{**job.__dict__, "force": True})).changed
