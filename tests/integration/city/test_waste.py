"""Collections, from the calendar's files to the answers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from actions.city.models import Collections
from services.importers.best import BestImporter
from services.importers.communes import CommunesImporter
from services.importers.waste import WasteImporter
from tests.integration.city import best, rounds
from tests.integration.city.conftest import SAMPLE, Client, SettableClock

BLAES = ("Rue Blaes", "Blaesstraat")
WAVRE = ("Chaussée de Wavre", "Waversesteenweg")
DOORS = [
    best.line(1, *BLAES, "1000", "20", lat=50.83, lon=4.34),
    best.line(2, *WAVRE, "1050", "101", lat=50.83, lon=4.37),
    best.line(2, *WAVRE, "1050", "102-104", lat=50.83, lon=4.37),
    best.line(2, *WAVRE, "1050", "300B", lat=50.83, lon=4.38),
    best.line(3, "Rue au Bois", "Bosstraat", "1160", "1", lat=50.81, lon=4.42),
]

#: The round of Monday is put out on Sunday; the text of Wednesday names the round's own day, as the service may.
CENTRE = {
    "lundi": "Dimanche, sortez vos sacs BLANC et BLEU entre 18:00 et 24:00",
    "mercredi": "Woensdag, Zet je zakken GEEL en VOEDINGSAFVAL buiten tussen 18:00 en 24:00",
    "vendredi": "Jeudi, sortez vos sacs BLANC et VERT entre 18:00 et 24:00",
}
EVENING = {"mardi": "Lundi, sortez vos sacs BLANC, JAUNE, BLEU et ORANGE entre 18:00 et 20:00"}
LINES: list[dict[str, Any] | str] = [
    rounds.line(1, CENTRE, ("2026-11-13", "2026-11-27", "2026-12-11", "2026-12-25")),
    rounds.line(2, EVENING, numbers=(1, 199), side="odd"),
    rounds.line(2, CENTRE, numbers=(1, 199), side="even"),
    rounds.line(2, CENTRE, numbers=(200, None)),
]


@pytest.fixture
def city(app: FastAPI, client: Client, clock: SettableClock, tmp_path: Path) -> Client:
    CommunesImporter().run(app.state.engine, SAMPLE / "communes", clock)
    BestImporter().run(app.state.engine, best.write(tmp_path / "openaddress.csv", DOORS), clock)
    WasteImporter().run(app.state.engine, rounds.write(tmp_path / "waste", LINES), clock)
    return client


def ask(city: Client, place: str, **params: Any) -> dict[str, Any]:
    response = city.get("/v1/waste/collections", params={"place": place, **params})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def days(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(item["collection_date"], item["fraction"]) for item in answer["items"]]


def test_collections_start_today_in_order_of_day_and_bag(city: Client) -> None:
    answer = ask(city, "street:1", days=7)
    assert days(answer) == [
        ("2026-11-23", "white"),
        ("2026-11-23", "blue"),
        ("2026-11-25", "yellow"),
        ("2026-11-25", "orange"),
        ("2026-11-27", "white"),
        ("2026-11-27", "green"),
    ]
    assert (answer["first_day"], answer["last_day"]) == ("2026-11-23", "2026-11-29")


def test_today_is_the_day_in_brussels(city: Client, clock: SettableClock) -> None:
    clock.at = datetime.fromisoformat("2026-11-23T23:30:00+00:00")
    assert ask(city, "street:1", days=1)["first_day"] == "2026-11-24"


def test_bags_go_out_the_evening_before_until_midnight(city: Client) -> None:
    answer = ask(city, "street:1", **{"from": "2026-11-25"}, days=1)
    for item in answer["items"]:
        assert item["collection_date"] == "2026-11-25"
        assert item["put_out"] == {
            "date": "2026-11-24",
            "from": "2026-11-24T18:00:00+01:00",
            "until": "2026-11-25T00:00:00+01:00",
        }
        assert item["evening_round"] is False


def test_an_evening_round_ends_its_window_at_eight(city: Client) -> None:
    item = ask(city, "address:2:101")["items"][0]
    assert (item["collection_date"], item["put_out"]["date"]) == ("2026-11-24", "2026-11-23")
    assert item["put_out"]["until"] == "2026-11-23T20:00:00+01:00"
    assert item["evening_round"] is True


def test_a_holiday_moves_the_round_and_is_named(city: Client) -> None:
    answer = ask(city, "street:1", **{"from": "2026-12-21"}, days=7)
    assert days(answer)[-2:] == [("2026-12-26", "white"), ("2026-12-26", "green")]
    assert "2026-12-25" not in dict(days(answer))
    moved = answer["items"][-1]
    assert moved["moved_from"] == "2026-12-25"
    assert moved["holiday"] == {"fr": "Noël", "nl": "Kerstmis", "en": "Christmas Day"}
    assert moved["put_out"]["date"] == "2026-12-25"


def test_only_the_bag_asked_for(city: Client) -> None:
    answer = ask(city, "street:1", fraction="green", days=30)
    assert days(answer) == [("2026-11-27", "green"), ("2026-12-11", "green")]
    assert answer["fractions"] == ["white", "yellow", "blue", "orange", "green"]


def test_a_bag_that_the_calendar_does_not_name_is_not_known(city: Client) -> None:
    assert ask(city, "address:2:101")["fractions"] == ["white", "yellow", "blue", "orange"]


@pytest.mark.parametrize(
    ("address", "evening"),
    [
        pytest.param("address:2:101", True, id="odd side"),
        pytest.param("address:2:102-104", False, id="a span of even numbers"),
        pytest.param("address:2:104", False, id="a number within the span"),
        pytest.param("address:2:300b", False, id="open end, with a suffix"),
    ],
)
def test_the_house_number_decides_between_parts(city: Client, address: str, evening: bool) -> None:
    assert {item["evening_round"] for item in ask(city, address)["items"]} == {evening}


def test_a_street_whose_rounds_differ_needs_a_house_number(city: Client) -> None:
    response = city.get("/v1/waste/collections", params={"place": "street:2"})
    assert response.status_code == 409
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["code"] == "house_number_needed"
    assert problem["suggestions"] == [
        {"number_from": 1, "number_to": 199, "side": "even"},
        {"number_from": 1, "number_to": 199, "side": "odd"},
        {"number_from": 200, "number_to": None, "side": "both"},
    ]


@pytest.mark.parametrize(
    ("place", "code"),
    [
        pytest.param("street:3", "no_rounds_for_place", id="a street without rounds"),
        pytest.param("address:3:1", "no_rounds_for_place", id="an address without rounds"),
        pytest.param("commune:ixelles", "no_rounds_for_place", id="not a street"),
        pytest.param("street:99", "place_not_found", id="an unknown street"),
        pytest.param("address:1:21", "place_not_found", id="an unknown number"),
        pytest.param("Rue Blaes 20", "place_not_found", id="not an id"),
        pytest.param("street:1' OR 1=1", "place_not_found", id="not SQL either"),
    ],
)
def test_a_place_without_an_answer_is_a_problem(city: Client, place: str, code: str) -> None:
    response = city.get("/v1/waste/collections", params={"place": place})
    assert (response.status_code, response.json()["code"]) == (404, code)


def test_an_unknown_number_suggests_the_nearest(city: Client) -> None:
    problem = city.get("/v1/waste/collections", params={"place": "address:2:100"}).json()
    assert [suggestion["id"] for suggestion in problem["suggestions"]][:2] == ["address:2:101", "address:2:102-104"]


def test_the_answer_ends_where_the_calendar_does(city: Client) -> None:
    answer = ask(city, "street:1", **{"from": "2026-12-28"}, days=92)
    assert answer["last_day"] == "2026-12-31"
    assert max(days(answer)) == ("2026-12-30", "yellow")


@pytest.mark.parametrize("start", ["2027-01-01", "9999-12-31", "2024-06-01"])
def test_days_that_the_calendar_does_not_cover_are_not_guessed(city: Client, start: str) -> None:
    response = city.get("/v1/waste/collections", params={"place": "street:1", "from": start})
    assert (response.status_code, response.json()["code"]) == (404, "dates_not_covered")


@pytest.mark.parametrize(
    ("params", "parameter"),
    [
        pytest.param({}, "query.place", id="no place"),
        pytest.param({"place": ""}, "query.place", id="an empty place"),
        pytest.param({"place": "x" * 121}, "query.place", id="a pasted text"),
        pytest.param({"place": "street:1", "from": "tomorrow"}, "query.from", id="not a date"),
        pytest.param({"place": "street:1", "from": "2026-02-30"}, "query.from", id="no such day"),
        pytest.param({"place": "street:1", "days": 0}, "query.days", id="no days"),
        pytest.param({"place": "street:1", "days": 93}, "query.days", id="too many days"),
        pytest.param({"place": "street:1", "fraction": "pink"}, "query.fraction", id="no such bag"),
    ],
)
def test_bad_input_is_named(city: Client, params: dict[str, Any], parameter: str) -> None:
    response = city.get("/v1/waste/collections", params=params)
    assert response.status_code == 422
    assert response.json()["code"] == "invalid_request"
    assert [error["parameter"] for error in response.json()["errors"]] == [parameter]


def test_the_assistant_reads_the_answer(city: Client) -> None:
    read = Collections.model_validate(ask(city, "address:1:20", **{"from": "2026-12-26"}))
    assert (read.place.id, read.place.house_number) == ("address:1:20", "20")
    assert read.place.commune is not None
    assert read.place.commune.name.nl == "Brussel"
    assert read.items[0].put_out.opens == datetime.fromisoformat("2026-12-25T18:00:00+01:00")
    assert read.items[0].holiday == {"fr": "Noël", "nl": "Kerstmis", "en": "Christmas Day"}


def test_the_openapi_document_names_every_error(city: Client) -> None:
    operation = city.get("/openapi.json").json()["paths"]["/v1/waste/collections"]["get"]
    assert set(operation["responses"]) == {"200", "404", "409", "422", "503"}
    assert operation["summary"]
    assert all("description" in parameter for parameter in operation["parameters"])
