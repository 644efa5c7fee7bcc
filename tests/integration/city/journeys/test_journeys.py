"""Journeys over the test network: ``tests.integration.city.gtfs`` says what runs in it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi import FastAPI

from services.city.app import create_app
from services.city.core.settings import CitySettings
from services.importers.gtfs import GtfsImporter
from tests.integration.city import gtfs
from tests.integration.city.conftest import NOW, Client, SettableClock
from tests.integration.city.journeys.asking import ask, problem, times, trips


def test_a_ride_tells_line_stops_times_and_platforms(city: Client) -> None:
    answer = ask(city, "stop:flagey", "stop:forest", at="2026-11-24T07:30", limit=1)
    assert answer["realtime"] is False
    assert answer["at"] == "2026-11-24T07:30:00+01:00"
    assert answer["arrive_by"] is False
    assert answer["origin"] == {
        "id": "stop:flagey",
        "kind": "stop",
        "name": {"fr": "Flagey", "nl": "Flagey"},
        "house_number": None,
        "platform": None,
        "lat": 50.8277,
        "lon": 4.3722,
    }
    (journey,) = answer["items"]
    assert times(journey) == ("2026-11-24T08:00:00+01:00", "2026-11-24T08:20:00+01:00")
    assert (journey["duration_minutes"], journey["transfers"], journey["walk_m"]) == (20, 0, 0)
    (leg,) = journey["legs"]
    assert leg["kind"] == "ride"
    assert leg["line"]["id"] == "transports-tests:tram:81"
    assert leg["line"]["color"] == "#338C26"
    assert leg["headsign"] == {"fr": "Forest", "nl": "Vorst"}
    assert leg["start"]["platform"] == "1"
    assert leg["end"]["name"] == {"fr": "Forest", "nl": "Vorst"}
    assert leg["stop_count"] == 2
    assert leg["stops"] == [
        {
            "id": "stop:gare-du-midi",
            "name": {"fr": "Gare du Midi", "nl": "Zuidstation"},
            "at": "2026-11-24T08:11:00+01:00",
        }
    ]
    assert (leg["trip_id"], leg["service_day"], leg["headway_minutes"]) == ("81-early", "2026-11-24", None)
    assert (leg["minutes"], leg["realtime"]) == (20, False)


def test_feeds_are_changed_between_on_foot(city: Client) -> None:
    answer = ask(city, "stop:flagey", "stop:gare-lointaine", at="2026-11-24T07:30", limit=1)
    (journey,) = answer["items"]
    assert trips(journey) == ["81-early", "-", "ic-1"]
    tram, walk, train = journey["legs"]
    assert walk["start"]["id"] == "stop:gare-du-midi"
    assert walk["end"]["id"] == "stop:bruxelles-midi"
    assert walk["departure"] == tram["arrival"] == "2026-11-24T08:11:00+01:00"
    assert walk["arrival"] < train["departure"] == "2026-11-24T08:25:00+01:00"
    assert (journey["transfers"], journey["walk_m"]) == (1, walk["walk_m"])


def test_an_address_is_walked_from_and_to(city: Client) -> None:
    answer = ask(city, "address:4:18", "address:5:3", at="2026-11-24T07:30", limit=1)
    assert answer["origin"]["house_number"] == "18"
    assert answer["destination"]["kind"] == "address"
    (journey,) = answer["items"]
    first, ride, last = journey["legs"]
    assert (first["kind"], ride["trip_id"], last["kind"]) == ("walk", "81-early", "walk")
    assert first["start"]["house_number"] == "18"
    # One leaves as late as the tram allows.
    assert first["arrival"] == ride["departure"] == "2026-11-24T08:00:00+01:00"
    assert first["departure"] == journey["departure"] < first["arrival"]
    assert last["departure"] == ride["arrival"]
    assert last["arrival"] == journey["arrival"]
    assert journey["walk_m"] == first["walk_m"] + last["walk_m"]


def test_what_arrives_first_is_listed_first_then_what_comes_next(city: Client) -> None:
    journeys = ask(city, "stop:flagey", "stop:gare-du-midi", at="2026-11-24T07:30")["items"]
    assert [trips(journey) for journey in journeys] == [["81-early"], ["81-short"]]
    assert journeys[1]["legs"][0]["headsign"] == {"fr": "Midi seulement", "nl": "Midi seulement"}


def test_who_has_to_arrive_leaves_as_late_as_possible(city: Client) -> None:
    answer = ask(city, "stop:flagey", "stop:gare-du-midi", arrive_by="2026-11-24T08:45")
    assert answer["arrive_by"] is True
    assert answer["at"] == "2026-11-24T08:45:00+01:00"
    assert [trips(journey) for journey in answer["items"]] == [["81-short"], ["81-early"]]


def test_the_limit_keeps_the_best(city: Client) -> None:
    assert [trips(journey) for journey in ask(city, "stop:flagey", "stop:gare-du-midi", limit=1)["items"]] == [
        ["81-short"]
    ]


@pytest.mark.parametrize(
    ("asked", "trip", "service_day", "departure"),
    [
        ({"at": "2026-11-24T23:30"}, "81-late", "2026-11-24", "2026-11-24T23:50:00+01:00"),
        ({"at": "2026-11-25T00:05"}, "81-night", "2026-11-24", "2026-11-25T00:20:00+01:00"),
        ({"arrive_by": "2026-11-25T00:45"}, "81-night", "2026-11-24", "2026-11-25T00:20:00+01:00"),
        # The night after Tuesday 10 November; Wednesday 11 November has the Sunday service.
        ({"at": "2026-11-11T00:05"}, "81-night", "2026-11-10", "2026-11-11T00:20:00+01:00"),
        ({"at": "2026-11-11T00:25"}, "81-sunday", "2026-11-11", "2026-11-11T10:00:00+01:00"),
        # The clock goes back in the night after Saturday 24 October: 3:00 is 2:00 again.
        ({"at": "2026-10-24T23:30"}, "81-sunday", "2026-10-25", "2026-10-25T10:00:00+01:00"),
    ],
    ids=["last of the day", "after midnight", "arriving after midnight", "before a holiday", "holiday", "long night"],
)
def test_nights_belong_to_the_day_before(
    city: Client, asked: dict[str, str], trip: str, service_day: str, departure: str
) -> None:
    journey = ask(city, "stop:flagey", "stop:forest", **asked)["items"][0]
    assert trips(journey) == [trip]
    assert journey["legs"][0]["service_day"] == service_day
    assert journey["departure"] == departure


@pytest.mark.parametrize(
    ("at", "departure"),
    [
        # 25:30 of Saturday is ninety minutes after midnight, in the hour that comes twice: the first time.
        ("2026-10-24T23:30", "2026-10-25T01:30:00+02:00"),
        # 27:30 of Saturday is three and a half hours after midnight, when the clock shows 2:30 for the second time.
        ("2026-10-25T02:40:00+02:00", "2026-10-25T02:30:00+01:00"),
        # The clock goes forward in the night after Saturday 27 March: 27:30 is at 4:30.
        ("2027-03-28T01:45", "2027-03-28T04:30:00+02:00"),
    ],
    ids=["before the change back", "after the change back", "after the change forward"],
)
def test_nights_in_which_the_clock_changes(city: Client, at: str, departure: str) -> None:
    assert ask(city, "stop:flagey", "stop:gare-du-nord", at=at)["items"][0]["departure"] == departure


def test_a_promised_headway_is_told(city: Client) -> None:
    about = ask(city, "stop:gare-du-midi", "stop:gare-du-nord", at="2026-11-24T06:15", limit=1)["items"][0]
    exact = ask(city, "stop:gare-du-midi", "stop:gare-du-nord", at="2026-11-24T07:05", limit=1)["items"][0]
    assert [leg["headway_minutes"] for leg in (*about["legs"], *exact["legs"])] == [10, None]
    assert exact["departure"] == "2026-11-24T07:15:00+01:00"


def test_a_short_way_is_walked(city: Client) -> None:
    (journey,) = ask(city, "address:4:18", "stop:flagey")["items"]
    (leg,) = journey["legs"]
    assert leg["kind"] == "walk"
    assert leg["walk_m"] == journey["walk_m"] > 0
    assert (journey["transfers"], journey["step_free"]) == (0, None)
    assert journey["departure"] == NOW.isoformat()


def test_who_has_to_arrive_walks_at_the_last_minute(city: Client) -> None:
    (journey,) = ask(city, "address:4:18", "stop:flagey", arrive_by="2026-11-24T12:00")["items"]
    assert journey["arrival"] == "2026-11-24T12:00:00+01:00"


@pytest.mark.parametrize("written", ["50.8274,4.3719", "point:50.82740,4.37190", " 50.8274 , 4.3719 "])
def test_a_point_on_the_map_is_told_by_the_address_it_is_at(city: Client, written: str) -> None:
    answer = ask(city, written, "stop:forest", at="2026-11-24T07:30", limit=1)
    origin = answer["origin"]
    assert (origin["id"], origin["kind"], origin["house_number"]) == ("point:50.82740,4.37190", "point", "18")
    assert origin["name"] == {"fr": "Place Eugène Flagey", "nl": "Eugène Flageyplein"}
    assert trips(answer["items"][0])[-1] == "81-early"


def test_a_commune_is_gone_to_at_its_middle(city: Client) -> None:
    answer = ask(city, "commune:ixelles", "stop:forest", at="2026-11-24T07:30", max_walk_m=3_000, limit=1)
    assert answer["origin"]["kind"] == "commune"
    assert trips(answer["items"][0])[0] == "-"


def test_a_place_on_the_way_is_stopped_at(city: Client) -> None:
    answer = ask(city, "stop:flagey", "stop:gare-lointaine", via="address:5:3", at="2026-11-24T07:30", limit=1)
    assert answer["via"]["house_number"] == "3"
    (journey,) = answer["items"]
    assert trips(journey) == ["81-early", "-", "-", "ic-1"]
    assert journey["legs"][1]["end"] == journey["legs"][2]["start"] == answer["via"]
    assert journey["legs"][2]["arrival"] == journey["legs"][3]["departure"]


def test_a_line_through_the_place_on_the_way_is_not_left(city: Client) -> None:
    journey = ask(city, "stop:flagey", "stop:forest", via="stop:gare-du-midi", at="2026-11-24T07:30")["items"][0]
    assert trips(journey) == ["81-early"]


def test_modes_are_kept_to(city: Client) -> None:
    found = problem(city, "stop:flagey", "stop:gare-lointaine", at="2026-11-24T07:30", modes="train")
    assert found["code"] == "no_journey"
    assert "only train" in found["detail"]
    journey = ask(city, "stop:flagey", "stop:gare-lointaine", at="2026-11-24T07:30", modes="tram, train")["items"][0]
    assert trips(journey) == ["81-early", "-", "ic-1"]


def test_a_shorter_walk_may_leave_no_way(city: Client) -> None:
    found = problem(city, "stop:flagey", "stop:gare-lointaine", at="2026-11-24T07:30", max_walk_m=20)
    assert found["code"] == "no_journey"
    assert "no walk over 20 m" in found["detail"]


def test_step_free_avoids_what_is_known_to_have_steps(city: Client) -> None:
    # 81-late is not accessible; of 81-night nothing is known.
    journey = ask(city, "stop:flagey", "stop:forest", at="2026-11-24T23:30", step_free=True)["items"][0]
    assert trips(journey) == ["81-night"]
    assert journey["step_free"] is None
    assert ask(city, "stop:flagey", "stop:forest", at="2026-11-24T23:30")["items"][0]["step_free"] is False


def test_step_free_prefers_what_is_known_to_have_none(city: Client) -> None:
    asked = ("stop:bruxelles-midi", "stop:gare-lointaine")
    anyhow = ask(city, *asked, at="2026-11-24T07:30")["items"]
    step_free = ask(city, *asked, at="2026-11-24T07:30", step_free=True)["items"]
    assert [(trips(journey), journey["step_free"]) for journey in anyhow] == [(["ic-0"], None), (["ic-1"], True)]
    assert [(trips(journey), journey["step_free"]) for journey in step_free] == [(["ic-1"], True)]


def test_sources_are_those_of_the_feeds_ridden(city: Client) -> None:
    both = ask(city, "stop:flagey", "stop:gare-lointaine", at="2026-11-24T07:30")["source"]["name"]
    one = ask(city, "stop:flagey", "stop:forest", at="2026-11-24T07:30")["source"]["name"]
    assert one in both
    assert one != both


def test_without_a_timetable_there_is_none_to_travel_by(tmp_path: Path) -> None:
    app = create_app(CitySettings(database_url=f"sqlite:///{tmp_path / 'city.db'}"), SettableClock(NOW))
    assert problem(Client(app), "50.8278,4.3721", "50.81,4.32")["code"] == "no_timetable"
    app.state.engine.dispose()


def test_times_are_those_of_the_timetables_zone(tmp_path: Path) -> None:
    app = create_app(CitySettings(database_url=f"sqlite:///{tmp_path / 'city.db'}"), SettableClock(NOW))
    agency = {"agency.txt": gtfs.FEED["agency.txt"].replace("Europe/Brussels", "America/New_York")}
    GtfsImporter().run(app.state.engine, gtfs.folder(tmp_path / "far", agency), SettableClock(NOW))
    journey = ask(Client(app), "stop:flagey", "stop:forest", at="2026-11-24T07:30")["items"][0]
    app.state.engine.dispose()
    assert journey["departure"] == "2026-11-24T08:00:00-05:00"


def test_many_ask_at_once_and_get_the_same(town: FastAPI) -> None:
    city = Client(town)
    asked = ("stop:flagey", "stop:forest")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda hour: ask(city, *asked, at=f"2026-11-2{4 + hour % 4}T07:30"), range(24)))
    assert {trips(answer["items"][0])[0] for answer in answers} == {"81-early"}
