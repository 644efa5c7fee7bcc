"""Departures, worked out by hand from the feed in ``tests.integration.city.gtfs``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from actions.city.client import HttpCity
from actions.city.errors import CityProblemError
from services.city.app import create_app
from services.city.core.settings import CitySettings
from services.importers.gtfs import GtfsImporter
from tests.integration.city import gtfs
from tests.integration.city.conftest import NOW, Client, SettableClock

FLAGEY = "/v1/transport/stops/stop:flagey/departures"
MIDI = "/v1/transport/stops/stop:gare-du-midi/departures"


@pytest.fixture(scope="module")
def moving_clock() -> SettableClock:
    return SettableClock(NOW)


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory, moving_clock: SettableClock) -> Iterator[FastAPI]:
    folder = tmp_path_factory.mktemp("network")
    app = create_app(CitySettings(database_url=f"sqlite:///{folder / 'city.db'}"), moving_clock)
    GtfsImporter().run(app.state.engine, gtfs.folder(folder / "feed"), moving_clock)
    yield app
    app.state.engine.dispose()


@pytest.fixture
def city(network: FastAPI, moving_clock: SettableClock) -> Client:
    moving_clock.at = NOW
    return Client(network)


def board(city: Client, path: str = FLAGEY, **parameters: Any) -> dict[str, Any]:
    response = city.get(path, params=parameters)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def leaving(city: Client, path: str = FLAGEY, **parameters: Any) -> list[tuple[str, str]]:
    return [(item["trip_id"], item["scheduled"]) for item in board(city, path, **parameters)["items"]]


def problem(city: Client, path: str = FLAGEY, status: int = 404, **parameters: Any) -> dict[str, Any]:
    response = city.get(path, params=parameters)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    return body


def test_a_weekday_is_listed_to_its_last_departure_after_midnight(city: Client) -> None:
    assert leaving(city, at="2026-11-24T07:59:00+01:00") == [
        ("81-early", "2026-11-24T08:00:00+01:00"),
        ("81-short", "2026-11-24T08:30:00+01:00"),
        ("81-late", "2026-11-24T23:50:00+01:00"),
        ("81-night", "2026-11-25T00:20:00+01:00"),
    ]


def test_a_departure_tells_line_destination_platform_and_access(city: Client) -> None:
    first, second = board(city, at="2026-11-24T07:59:00", limit=2)["items"]
    assert first["line"] == {
        "id": "transports-tests:tram:81",
        "short_name": "81",
        "mode": "tram",
        "color": "#338C26",
        "text_color": "#FFFFFF",
    }
    assert first["headsign"] == {"fr": "Forest", "nl": "Vorst"}
    assert (first["platform"], first["wheelchair"], first["expected"], first["realtime"]) == ("1", True, None, False)
    assert second["headsign"]["fr"] == "Midi seulement"  # what the vehicle says at this stop
    assert second["wheelchair"] is None


def test_a_board_tells_stop_lines_source_and_validity(city: Client) -> None:
    body = board(city, at="2026-11-24T07:59:00")
    assert body["stop"]["id"] == "stop:flagey"
    assert {line["short_name"]: [h["fr"] for h in line["headsigns"]] for line in body["lines"]} == {
        "81": ["Forest", "Midi seulement"],
        "N04": ["Gare du Nord"],
    }
    assert body["source"]["name"] == "Test transport"
    assert body["realtime"] is False
    assert body["timetable"] == {
        "valid_from": "2026-03-01",
        "valid_until": "2027-06-30",
        "covers": True,
        "timezone": "Europe/Brussels",
    }


@pytest.mark.parametrize(
    ("at", "first"),
    [
        pytest.param("2026-11-24T08:00:00", "81-early", id="at the very second"),
        pytest.param("2026-11-24T08:00:00.500", "81-short", id="half a second late"),
        pytest.param("2026-11-24T08:00:01", "81-short", id="a second late"),
    ],
)
def test_what_has_left_is_not_listed(city: Client, at: str, first: str) -> None:
    assert leaving(city, at=at, limit=1)[0][0] == first


def test_after_midnight_the_day_before_still_runs(city: Client, moving_clock: SettableClock) -> None:
    moving_clock.at = datetime.fromisoformat("2026-11-25T00:10:30+01:00")
    first = board(city, limit=1)["items"][0]
    assert (first["trip_id"], first["scheduled"]) == ("81-night", "2026-11-25T00:20:00+01:00")
    assert (first["service_day"], first["minutes"]) == ("2026-11-24", 9)


def test_a_holiday_has_the_service_that_the_exception_says(city: Client) -> None:
    # The night of the 10th is the 10th's, and runs; the night of the 11th does not.
    assert leaving(city, at="2026-11-11T00:00:00", line="81") == [
        ("81-night", "2026-11-11T00:20:00+01:00"),
        ("81-sunday", "2026-11-11T10:00:00+01:00"),
    ]
    assert leaving(city, at="2026-11-11T10:01:00", line="81", limit=1) == [("81-early", "2026-11-12T08:00:00+01:00")]


def test_night_buses_belong_to_the_evening_before(city: Client) -> None:
    assert leaving(city, at="2026-11-28T01:00:00", limit=2) == [
        ("N04-a", "2026-11-28T01:30:00+01:00"),
        ("N04-b", "2026-11-28T03:30:00+01:00"),
    ]
    assert leaving(city, at="2026-11-30T00:00:00", limit=1) == [("81-early", "2026-11-30T08:00:00+01:00")]


def test_when_nothing_more_runs_the_next_service_day_is_told(city: Client, moving_clock: SettableClock) -> None:
    moving_clock.at = datetime.fromisoformat("2026-11-28T00:30:00+01:00")  # a Saturday: the 81 rests
    items = board(city, line="81")["items"]
    assert [(i["trip_id"], i["scheduled"]) for i in items] == [("81-sunday", "2026-11-29T10:00:00+01:00")]
    assert items[0]["minutes"] == 33 * 60 + 30


def test_the_night_that_the_clock_goes_back(city: Client, moving_clock: SettableClock) -> None:
    moving_clock.at = datetime.fromisoformat("2026-10-25T01:00:00+02:00")
    items = board(city, limit=3)["items"]
    # 25:30 and 27:30 are two hours apart; on the wall it is one, for 2 o'clock comes twice.
    assert [(i["trip_id"], i["scheduled"], i["minutes"]) for i in items] == [
        ("N04-a", "2026-10-25T01:30:00+02:00", 30),
        ("N04-b", "2026-10-25T02:30:00+01:00", 150),
        ("81-sunday", "2026-10-25T10:00:00+01:00", 600),
    ]


def test_the_hour_that_comes_twice_is_told_apart_by_its_offset(city: Client) -> None:
    assert leaving(city, at="2026-10-25T02:45:00+02:00", limit=1)[0][0] == "N04-b"
    assert leaving(city, at="2026-10-25T02:45:00+01:00", limit=1)[0][0] == "81-sunday"


def test_the_night_that_the_clock_goes_forward(city: Client, moving_clock: SettableClock) -> None:
    moving_clock.at = datetime.fromisoformat("2027-03-28T01:00:00+01:00")
    items = board(city, limit=3)["items"]
    assert [(i["trip_id"], i["scheduled"], i["minutes"]) for i in items] == [
        ("N04-a", "2027-03-28T01:30:00+01:00", 30),
        ("N04-b", "2027-03-28T04:30:00+02:00", 150),
        ("81-sunday", "2027-03-28T10:00:00+02:00", 480),
    ]


@pytest.mark.parametrize("at", ["2026-11-24T08:00", "2026-11-24T07:00:00Z", "2026-11-24T08:00:00%2B01:00"])
def test_a_time_is_local_or_has_an_offset(city: Client, at: str) -> None:
    body = city.get(f"{FLAGEY}?limit=1&at={at}").json()
    assert body["at"] == "2026-11-24T08:00:00+01:00"
    assert body["items"][0]["trip_id"] == "81-early"


def test_a_plus_sign_that_was_not_escaped_is_understood(city: Client) -> None:
    assert city.get(f"{FLAGEY}?limit=1&at=2026-11-24T08:00:00+01:00").json()["items"][0]["trip_id"] == "81-early"


def test_minutes_count_from_the_clock_whatever_time_is_asked_about(city: Client) -> None:
    assert board(city, at="2026-11-24T08:00:00", limit=1)["items"][0]["minutes"] == 24 * 60 - 15
    assert board(city, at="2026-11-23T08:00:00", limit=1)["items"][0]["minutes"] == -15


def test_a_timetable_in_another_time_zone_is_told_in_its_own(
    app: FastAPI, client: Client, clock: SettableClock, tmp_path: Any
) -> None:
    agency = gtfs.FEED["agency.txt"].replace("Europe/Brussels", "America/Los_Angeles")
    GtfsImporter().run(app.state.engine, gtfs.folder(tmp_path / "f", {"agency.txt": agency}), clock)
    clock.at = datetime.fromisoformat("2026-11-24T16:50:00+01:00")  # 7:50 there
    first = board(client, limit=1)["items"][0]
    assert (first["scheduled"], first["minutes"]) == ("2026-11-24T08:00:00-08:00", 10)
    assert leaving(client, at="2026-11-24T07:59", limit=1) == [("81-early", "2026-11-24T08:00:00-08:00")]


def test_a_promised_headway_is_told_as_one(city: Client) -> None:
    items = board(city, MIDI, at="2026-11-29T05:00:00", line="1", limit=20)["items"]
    assert [(i["scheduled"][11:16], i["headway_minutes"]) for i in items] == [
        *((f"06:{minute:02d}", 10) for minute in range(0, 60, 10)),
        *((f"07:{minute:02d}", None) for minute in range(0, 60, 15)),
    ]


def test_a_terminus_has_no_departures_of_what_ends_there(city: Client) -> None:
    # The 81 from Forest calls at two platforms of Flagey and ends.
    assert "81-back" not in {trip for trip, _ in leaving(city, at="2026-11-24T09:00:00")}
    assert leaving(city, "/v1/transport/stops/stop:gare-du-nord/departures") == []


def test_a_missing_time_is_taken_from_the_calls_around_it(city: Client) -> None:
    assert leaving(city, MIDI, at="2026-11-25T00:25:00", limit=1) == [("81-night", "2026-11-25T00:30:00+01:00")]


@pytest.mark.parametrize("stop_id", ["stop:flagey", "flagey", "flagey-2", "flagey-bus"])
def test_a_stop_goes_by_its_id_or_a_platforms(city: Client, stop_id: str) -> None:
    body = board(city, f"/v1/transport/stops/{stop_id}/departures", at="2026-11-24T08:00:00", limit=1)
    assert body["stop"]["id"] == "stop:flagey"
    assert body["items"][0]["trip_id"] == "81-early"


@pytest.mark.parametrize("line", ["81", "tram 81", "Tram81", "ligne 81", "transports-tests:tram:81"])
def test_a_line_is_known_however_it_is_written(city: Client, line: str) -> None:
    assert [i["line"]["short_name"] for i in board(city, at="2026-11-27T23:00:00", line=line)["items"]] == ["81", "81"]


@pytest.mark.parametrize("line", ["N04", "n04", "N4", "bus N 04"])
def test_a_night_line_is_known_with_and_without_its_nought(city: Client, line: str) -> None:
    assert leaving(city, at="2026-11-27T23:00:00", line=line, limit=1)[0][0] == "N04-a"


@pytest.mark.parametrize(
    ("towards", "trips"),
    [
        pytest.param("Forest", ["81-early"], id="destination"),
        pytest.param("VORST", ["81-early"], id="destination in Dutch"),
        pytest.param("forrest", ["81-early"], id="destination misspelt"),
        pytest.param("Gare du Midi", ["81-early", "81-short"], id="a stop on the way"),
        pytest.param("zuidstation", ["81-early", "81-short"], id="a stop on the way in Dutch"),
        pytest.param("gare du mdi", ["81-early", "81-short"], id="a stop on the way misspelt"),
        pytest.param("midi", ["81-early", "81-short"], id="part of its name"),
        pytest.param("Midi seulement", ["81-short"], id="the destination of one call"),
        pytest.param("stop:forest", ["81-early"], id="an id"),
    ],
)
def test_a_direction_is_a_destination_or_a_stop_on_the_way(city: Client, towards: str, trips: list[str]) -> None:
    found = leaving(city, at="2026-11-24T08:00:00", towards=towards, limit=2)
    assert [trip for trip, at in found if at < "2026-11-24T09"] == trips


def test_a_direction_behind_is_not_served(city: Client) -> None:
    # At Gare du Midi the 81 towards Forest has Flagey behind it.
    assert {trip for trip, _ in leaving(city, MIDI, at="2026-11-24T08:00", towards="Flagey")} == {"81-back"}


def test_an_unknown_stop_suggests_the_most_similar(city: Client) -> None:
    body = problem(city, "/v1/transport/stops/stop:flagy/departures")
    assert body["code"] == "stop_not_found"
    assert body["suggestions"][0] == {
        "id": "stop:flagey",
        "kind": "stop",
        "name": {"fr": "Flagey", "nl": "Flagey"},
        "commune": None,
    }
    dutch = problem(city, "/v1/transport/stops/stop:zuidstaton/departures")
    assert dutch["suggestions"][0]["id"] == "stop:gare-du-midi"


def test_an_unknown_line_suggests_the_most_similar(city: Client) -> None:
    body = problem(city, line="N05")
    assert body["code"] == "line_not_found"
    assert body["suggestions"][0]["short_name"] == "N04"


def test_a_line_that_does_not_serve_the_stop_tells_which_do(city: Client) -> None:
    body = problem(city, line="1")
    assert body["code"] == "line_not_at_stop"
    assert [line["short_name"] for line in body["suggestions"]] == ["81", "N04"]
    assert body["suggestions"][0]["headsigns"][0] == {"fr": "Forest", "nl": "Vorst"}


@pytest.mark.parametrize("towards", ["Ostende", "reverse", "😀", "Flagey"])
def test_a_direction_that_nothing_goes_to_tells_which_there_are(city: Client, towards: str) -> None:
    body = problem(city, towards=towards)
    assert body["code"] == "towards_not_served"
    assert {"name": {"fr": "Gare du Nord", "nl": "Noordstation"}, "lines": ["N04"]} in body["suggestions"]


def test_a_direction_is_looked_for_on_the_line_that_is_asked_for(city: Client) -> None:
    body = problem(city, line="81", towards="Gare du Nord")
    assert body["code"] == "towards_not_served"
    assert [s["lines"] for s in body["suggestions"]] == [["81"], ["81"]]


@pytest.mark.parametrize("at", ["2027-07-01T08:00:00", "2030-01-01T08:00:00", "2026-02-25T08:00:00"])
def test_outside_the_timetable_there_are_no_departures_and_it_says_so(city: Client, at: str) -> None:
    body = board(city, at=at)
    assert (body["items"], body["timetable"]["covers"]) == ([], False)
    assert body["timetable"]["valid_until"] == "2027-06-30"
    assert body["lines"]


def test_a_timetable_holds_no_longer_than_its_publisher_says(
    app: FastAPI, client: Client, clock: SettableClock, tmp_path: Any
) -> None:
    info = gtfs.FEED["feed_info.txt"].replace("20270630", "20261124")
    GtfsImporter().run(app.state.engine, gtfs.folder(tmp_path / "f", {"feed_info.txt": info}), clock)
    assert leaving(client, at="2026-11-24T23:55") == [("81-night", "2026-11-25T00:20:00+01:00")]
    body = board(client, at="2026-11-25T07:55")
    assert (body["items"], body["timetable"]["covers"]) == ([], False)
    assert body["timetable"]["valid_until"] == "2026-11-24"


def test_slow_and_fast_trips_of_one_line_keep_their_own_times(
    app: FastAPI, client: Client, clock: SettableClock, tmp_path: Any
) -> None:
    rows = {"slow": ("08:00:00", "13:00:00", "14:00:00"), "fast": ("08:00:00", "08:05:00", "08:15:00")}
    trips = "".join(f"r81,daily,{trip},Forest,0,\n" for trip in rows)
    calls = "".join(
        f"{trip},{at},{at},{stop},{number},,,\n"
        for trip, times in rows.items()
        for number, (stop, at) in enumerate(zip(("flagey-1", "midi-1", "forest"), times, strict=True))
    )
    changes = {
        "trips.txt": gtfs.FEED["trips.txt"].split("\n")[0] + "\n" + trips,
        "stop_times.txt": gtfs.FEED["stop_times.txt"].split("\n")[0] + "\n" + calls,
        "frequencies.txt": None,
    }
    GtfsImporter().run(app.state.engine, gtfs.folder(tmp_path / "f", dict(changes)), clock)
    for at, trip in (("08:00", "fast"), ("12:30", "slow")):
        assert leaving(client, MIDI, at=f"2026-11-24T{at}", limit=1)[0][0] == trip


def test_the_last_night_of_the_timetable_still_runs(city: Client) -> None:
    body = board(city, at="2027-07-01T00:10:00")
    assert [item["trip_id"] for item in body["items"]] == ["81-night"]
    assert body["timetable"]["covers"] is True


def test_the_hour_before_the_timetable_begins_shows_its_first_day(city: Client) -> None:
    assert leaving(city, at="2026-02-28T23:00:00", line="81", limit=1) == [("81-sunday", "2026-03-01T10:00:00+01:00")]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=x",
        "at=tomorrow",
        "at=2026-13-01T00:00",
        "at=0001-01-01T00:00",
        "at=9999-12-31T23:59:59Z",
        "line=",
        "line=" + "8" * 61,
        "towards=",
        "towards=" + "x" * 201,
    ],
)
def test_a_bad_parameter_is_named(city: Client, query: str) -> None:
    response = city.get(f"{FLAGEY}?{query}")
    assert response.status_code == 422
    assert response.json()["errors"][0]["parameter"] == f"query.{query.split('=', maxsplit=1)[0]}"


@pytest.mark.parametrize(
    "stop_id", ["%00", "%F0%9F%98%80", "stop:", "'; drop table places;--", "%25", "..%2f..", "x" * 200]
)
def test_a_nonsense_stop_is_not_found(city: Client, stop_id: str) -> None:
    response = city.get(f"/v1/transport/stops/{stop_id}/departures")
    assert (response.status_code, response.json()["code"]) in {(404, "stop_not_found"), (404, "not_found")}


@pytest.mark.parametrize("name", ["line", "towards"])
@pytest.mark.parametrize("value", ["\0", "'", "%", "__import__", "🚋" * 20, "\u202e", " "])
def test_a_nonsense_line_or_direction_is_not_found(city: Client, name: str, value: str) -> None:
    assert problem(city, **{name: value})["code"] in {"line_not_found", "towards_not_served"}


async def test_the_actions_understand_the_answers(network: FastAPI, moving_clock: SettableClock) -> None:
    moving_clock.at = NOW
    transport = httpx.ASGITransport(app=network)
    async with httpx.AsyncClient(transport=transport, base_url="http://city") as client:
        actions = HttpCity(client)
        at = datetime.fromisoformat("2026-11-24T07:59:00+01:00")
        shown = await actions.departures("stop:flagey", line="81", towards="Vorst", at=at, limit=6)
        with pytest.raises(CityProblemError) as error:
            await actions.departures("stop:flagey", line="1")
    assert (shown.stop.id, shown.stop.kind, shown.stop.name.nl) == ("stop:flagey", "stop", "Flagey")
    assert [(item.line.short_name, item.headsign.nl, item.minutes) for item in shown.items][:1] == [
        ("81", "Vorst", 23 * 60 + 45)
    ]
    assert shown.lines[0].headsigns[0].fr == "Forest"
    assert error.value.code == "line_not_at_stop"
