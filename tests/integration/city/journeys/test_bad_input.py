"""Journeys that cannot be: what is wrong is said, with what may have been meant."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.city.conftest import Client
from tests.integration.city.journeys.asking import PATH, problem

FLAGEY, FOREST = "stop:flagey", "stop:forest"


@pytest.mark.parametrize(
    ("origin", "code", "suggested"),
    [
        ("stop:flagay", "stop_not_found", "stop:flagey"),
        ("flagey", "place_not_found", "stop:flagey"),
        ("address:4:17", "place_not_found", "address:4:18"),
        ("commune:elsene", "place_not_found", None),
        ("street:999", "place_not_found", None),
        ("\0", "place_not_found", None),
        ("stop:\0", "stop_not_found", None),
        ("stop:" + "é" * 190, "stop_not_found", None),
        ("😀", "place_not_found", None),
        ("50.8,", "place_not_found", None),
        ("nan,nan", "place_not_found", None),
        ("١٢,٣", "place_not_found", None),
    ],
)
@pytest.mark.parametrize("which", ["from", "to", "via"])
def test_an_unknown_place_is_not_found(city: Client, which: str, origin: str, code: str, suggested: str | None) -> None:
    response = city.get(PATH, params={"from": FLAGEY, "to": FOREST, which: origin})
    assert response.status_code == 404, response.text
    assert response.json()["code"] == code
    if suggested:
        assert suggested in [place["id"] for place in response.json()["suggestions"]]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"to": FLAGEY}, "same_place"),
        ({"from": "50.8277,4.3722", "to": "50.82771,4.37221"}, "same_place"),
        ({"via": FOREST}, "same_place"),
        ({"from": "91.0,4.3"}, "invalid_point"),
        ({"from": "999,999"}, "invalid_point"),
        ({"at": "2026-11-24T08:00", "arrive_by": "2026-11-24T09:00"}, "two_times"),
        ({"modes": "tram,zeppelin"}, "unknown_mode"),
        ({"modes": "\0"}, "unknown_mode"),
        ({"at": "yesterday"}, "invalid_request"),
        ({"at": "1900-01-01T00:00"}, "invalid_request"),
        ({"at": "99999-01-01T00:00"}, "invalid_request"),
        ({"arrive_by": "9999-12-31T23:59:59"}, "invalid_request"),
        ({"limit": 0}, "invalid_request"),
        ({"limit": 10**30}, "invalid_request"),
        ({"max_walk_m": -1}, "invalid_request"),
        ({"max_walk_m": 10**12}, "invalid_request"),
        ({"step_free": "perhaps"}, "invalid_request"),
        ({"from": ""}, "invalid_request"),
        ({"from": "x" * 201}, "invalid_request"),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused(city: Client, more: dict[str, Any], code: str) -> None:
    response = city.get(PATH, params={"from": FLAGEY, "to": FOREST, **more})
    assert response.status_code == 422, response.text
    assert response.json()["code"] == code


def test_an_unknown_mode_is_told_which_there_are(city: Client) -> None:
    found = problem(city, FLAGEY, FOREST, 422, modes="zeppelin")
    assert {"mode": "tram"} in found["suggestions"]


@pytest.mark.parametrize("at", ["1970-01-01T00:00", "2026-02-28T12:00", "2027-07-02T12:00", "2199-12-31T23:59"])
@pytest.mark.parametrize("which", ["at", "arrive_by"])
def test_a_day_outside_the_timetable_is_said_to_be(city: Client, which: str, at: str) -> None:
    found = problem(city, FLAGEY, FOREST, **{which: at})
    assert found["code"] == "dates_not_covered"
    assert [(each["valid_from"], each["valid_until"]) for each in found["suggestions"]] == [
        ("2026-03-01", "2027-06-30"),
        ("2026-03-01", "2027-06-30"),
    ]


def test_the_night_after_the_last_day_still_runs(city: Client) -> None:
    response = city.get(PATH, params={"from": FLAGEY, "to": FOREST, "at": "2027-07-01T00:05"})
    assert response.status_code == 200, response.text
    assert response.json()["items"][0]["legs"][0]["service_day"] == "2027-06-30"


def test_far_from_all_stops_the_nearest_are_suggested(city: Client) -> None:
    found = problem(city, "50.8277,4.3722", "50.8300,4.3300", at="2026-11-24T07:30", max_walk_m=300)
    assert found["code"] == "no_stop_nearby"
    assert "`to`" in found["detail"]
    assert [place["id"] for place in found["suggestions"]][:2] == [
        "stop:bruxelles-midi",
        "stop:gare-du-midi",
    ]
    assert found["suggestions"][0]["walk_m"] > 300


def test_another_country_has_no_stop_nearby(city: Client) -> None:
    found = problem(city, "48.8566,2.3522", FLAGEY)
    assert (found["code"], found["suggestions"]) == ("no_stop_nearby", [])
    assert "48.85" not in found["detail"]


def test_places_that_nothing_connects_have_no_journey(city: Client) -> None:
    found = problem(city, "stop:gare-du-nord", FLAGEY, at="2026-11-24T07:30")
    assert found["code"] == "no_journey"
    for tried in ("Gare du Nord to Flagey", "leaving from 2026-11-24 07:30", "24 hours", "5 changes", "1000 m"):
        assert tried in found["detail"]
