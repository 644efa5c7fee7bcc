"""Public holidays that move rounds."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI

from services.importers.best import BestImporter
from services.importers.waste import WasteImporter
from tests.integration.city import best, rounds
from tests.integration.city.conftest import Client, SettableClock
from tests.integration.city.test_waste import CENTRE, DOORS

HOLIDAYS = rounds.HOLIDAYS.replace("valid_until: 2026", "valid_until: 2027") + (
    "  - {date: 2027-01-01, moved_to: null, names: {fr: Nouvel An, nl: Nieuwjaar, en: New Year's Day}}\n"
)


@pytest.fixture
def city(app: FastAPI, client: Client, clock: SettableClock, tmp_path: Path) -> Client:
    BestImporter().run(app.state.engine, best.write(tmp_path / "openaddress.csv", DOORS), clock)
    folder = rounds.write(tmp_path / "waste", [rounds.line(1, CENTRE)], HOLIDAYS)
    WasteImporter().run(app.state.engine, folder, clock)
    return client


def days(client: Client, **params: object) -> list[tuple[str, str | None]]:
    response = client.get("/v1/waste/holidays", params=params)
    assert response.status_code == 200, response.text
    return [(each["day"], each["moved_to"]) for each in response.json()["items"]]


@pytest.mark.parametrize("day", ["2026-12-25", "2026-12-26"])
def test_a_holiday_is_told_on_its_own_day_and_on_the_one_that_takes_its_place(city: Client, day: str) -> None:
    assert days(city, **{"from": day, "days": 1}) == [("2026-12-25", "2026-12-26")]


def test_rounds_that_are_dropped_have_no_other_day(city: Client) -> None:
    assert days(city, **{"from": "2027-01-01", "days": 1}) == [("2027-01-01", None)]


def test_from_today_on_where_no_day_is_named(city: Client) -> None:
    assert days(city, days=1) == []
    assert len(days(city, days=60)) == 2


def test_a_city_without_rounds_has_none(client: Client) -> None:
    answer = client.get("/v1/waste/holidays").json()
    assert (answer["items"], answer["source"]["name"]) == ([], "city façade")


@pytest.mark.parametrize("params", [{"from": "tomorrow"}, {"days": 0}, {"days": 400}])
def test_what_is_no_span_of_days_is_refused(client: Client, params: dict[str, object]) -> None:
    assert client.get("/v1/waste/holidays", params=params).status_code == 422
    assert days(client, **{"from": "9999-12-31", "days": 366}) == []
