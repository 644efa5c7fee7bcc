"""Boards with real time: what is measured, what is the timetable's, what is stale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from google.transit import gtfs_realtime_pb2 as pb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.city.app import create_app
from services.city.core.settings import CitySettings
from services.importers.base import ImportRefusedError
from tests.integration.city import realtime
from tests.integration.city.conftest import NOW, Client, SettableClock

NORD = "/v1/transport/stops/stop:gare-du-nord/departures"

Poll = Callable[..., Any]


@pytest.fixture
def poll(app: FastAPI, tmp_path: Path) -> Poll:
    realtime.import_network(app, tmp_path / "network")

    def store(name: str, content: bytes) -> Any:
        return realtime.poll(app, tmp_path / "answer", name, content)

    return store


@pytest.fixture
def waiting(poll: Poll) -> Poll:
    return lambda *rows: poll("stib_waiting_times", realtime.waiting_times(*rows))


def board(client: Client, path: str = NORD, **parameters: Any) -> dict[str, Any]:
    response = client.get(path, params=parameters)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def shown(body: dict[str, Any]) -> list[tuple[str | None, str, bool]]:
    return [(i["trip_id"], (i["expected"] or i["scheduled"])[11:16], i["realtime"]) for i in body["items"]]


def test_without_real_time_all_is_timetable(client: Client, poll: Poll) -> None:
    body = board(client, limit=3)
    assert shown(body) == [("7-0820", "08:20", False), ("29-a", "08:20", False), ("7-short", "08:25", False)]
    assert (body["realtime"], body["realtime_status"], body["realtime_age_s"]) == (False, "none", None)


def test_a_passing_is_its_trip_with_the_time_that_is_expected(client: Client, waiting: Poll) -> None:
    waiting(("0631", "7", [("MIDI", "08:22:30"), ("BOURSE", "08:26:00")]))
    body = board(client, line="7", limit=3)
    assert shown(body) == [("7-0820", "08:22", True), ("7-short", "08:26", True), ("7-0830", "08:30", False)]
    first = body["items"][0]
    assert (first["scheduled"], first["expected"]) == ("2026-11-23T08:20:00+01:00", "2026-11-23T08:22:30+01:00")
    assert (first["delay_minutes"], first["minutes"], first["added"], first["cancelled"]) == (2, 7, False, False)
    assert first["headsign"] == {"fr": "Midi", "nl": "Midi"}
    assert (body["realtime"], body["realtime_status"], body["realtime_age_s"]) == (True, "live", 0)
    assert "STIB-MIVB" in body["source"]["name"]


def test_a_late_vehicle_whose_time_has_passed_is_still_to_come(client: Client, waiting: Poll) -> None:
    waiting(("0631", "7", [("MIDI", "08:16:00"), ("MIDI", "08:21:00")]))
    assert shown(board(client, line="7", limit=2)) == [("7-0810", "08:16", True), ("7-0820", "08:21", True)]


def test_what_has_passed_is_not_shown(client: Client, clock: SettableClock, waiting: Poll) -> None:
    waiting(("0631", "7", [("MIDI", "08:15:30"), ("MIDI", "08:22:00")]))
    clock.at = NOW + timedelta(seconds=45)
    assert shown(board(client, line="7", limit=2)) == [("7-0820", "08:22", True), ("7-short", "08:25", False)]


def test_a_departure_that_real_time_does_not_list_among_the_next_is_not_shown(client: Client, waiting: Poll) -> None:
    # The next two are measured at 8:31 and 8:41: the 8:20 and the short one do not come.
    waiting(("0631", "7", [("MIDI", "08:31:00"), ("MIDI", "08:41:00")]))
    assert shown(board(client, line="7", limit=3)) == [
        ("7-0830", "08:31", True),
        ("7-0840", "08:41", True),
        ("7-0850", "08:50", False),
    ]


def test_a_theoretical_time_is_timetable(client: Client, waiting: Poll) -> None:
    waiting(("0631", "7", [("MIDI", "08:20:00", "Temps théorique"), ("MIDI", "08:33:00", "Temps théorique")]))
    body = board(client, line="7", limit=3)
    assert shown(body) == [("7-0820", "08:20", False), ("7-short", "08:25", False), ("7-0830", "08:30", False)]
    assert (body["realtime"], body["realtime_status"]) == (False, "live")


def test_a_vehicle_that_the_timetable_does_not_have_is_shown_as_added(client: Client, waiting: Poll) -> None:
    waiting(("0632", "29", [("DEPOT", "08:55:00")]))
    item = next(item for item in board(client, line="29")["items"] if item["added"])
    assert (item["trip_id"], item["scheduled"], item["expected"]) == (None, *["2026-11-23T08:55:00+01:00"] * 2)
    assert (item["headsign"]["fr"], item["delay_minutes"], item["realtime"]) == ("DEPOT", None, True)


def test_a_vehicle_that_goes_elsewhere_than_scheduled_says_so(client: Client, waiting: Poll) -> None:
    waiting(("0632", "29", [("SCHAERBEEK", "08:21:00")]))
    item = board(client, line="29", limit=1)["items"][0]
    assert (item["trip_id"], item["headsign"]["fr"]) == ("29-a", "SCHAERBEEK")


def test_what_ends_at_the_stop_cannot_be_taken(client: Client, waiting: Poll) -> None:
    waiting(("0631", "7", [("GARE DU NORD", "08:17:00")]))
    assert shown(board(client, line="7", limit=1)) == [("7-0820", "08:20", False)]


@pytest.mark.parametrize("point", ["0631", "631", "0631F", "gs:stib:0631"])
def test_a_stop_is_known_by_an_id_that_is_written_a_little_differently(
    client: Client, waiting: Poll, point: str
) -> None:
    waiting((point, "7", [("MIDI", "08:22:00")]))
    assert shown(board(client, line="7", limit=1)) == [("7-0820", "08:22", True)]


def test_unknown_stops_and_lines_are_reported_and_leave_the_others(client: Client, waiting: Poll) -> None:
    report = waiting(
        ("4242", "7", [("MIDI", "08:22:00")]),
        ("0631", "999", [("MIDI", "08:22:00"), ("MIDI", "08:23:00")]),
        ("0631", "7", [("MIDI", "08:22:00")]),
    )
    assert report.counts == {"passings": 1, "stops": 1, "past": 0, "unknown stops": 1, "unknown lines": 1}
    assert [p["reason"] for p in report.problems] == ["unknown stop '4242'", "unknown line '999'"]
    assert shown(board(client, line="7", limit=1)) == [("7-0820", "08:22", True)]


@pytest.mark.parametrize(
    ("age_s", "status", "first"),
    [
        pytest.param(89, "live", ("7-0820", "08:22", True), id="fresh"),
        pytest.param(91, "stale", ("7-0820", "08:20", False), id="too old"),
    ],
)
def test_stale_real_time_is_left_for_the_timetable(
    client: Client, clock: SettableClock, waiting: Poll, *, age_s: int, status: str, first: tuple[str, str, bool]
) -> None:
    waiting(("0631", "7", [("MIDI", "08:22:00")]))
    clock.at = NOW + timedelta(seconds=age_s)
    body = board(client, line="7", limit=1)
    assert (body["realtime_status"], body["realtime_age_s"]) == (status, age_s)
    assert (shown(body), body["realtime"]) == ([first], first[2])
    assert body["realtime_as_of"] == NOW.isoformat()


def test_real_time_from_the_future_is_left_aside(client: Client, clock: SettableClock, waiting: Poll) -> None:
    waiting(("0631", "7", [("MIDI", "08:22:00")]))
    clock.at = NOW - timedelta(minutes=10)
    assert board(client, line="7", limit=1)["realtime_status"] == "stale"


def test_as_of_is_the_time_of_the_oldest_fact(client: Client, clock: SettableClock, waiting: Poll) -> None:
    clock.at = NOW + timedelta(seconds=30)
    waiting(("0631", "7", [("MIDI", "08:22:00")]))
    clock.at = NOW + timedelta(seconds=60)
    assert board(client, line="7", limit=1)["as_of"] == "2026-11-23T08:15:30+01:00"  # all that is shown is measured
    assert board(client, line="7", limit=2)["as_of"] == NOW.isoformat()  # the timetable was imported before


def test_a_source_that_stands_still_is_refused(waiting: Poll, clock: SettableClock) -> None:
    clock.at = NOW + timedelta(hours=2)
    with pytest.raises(ImportRefusedError, match="stands still"):
        waiting(("0631", "7", [("MIDI", "08:22:00")]))


def test_an_answer_that_is_none_leaves_what_was_there(client: Client, poll: Poll, waiting: Poll) -> None:
    waiting(("0631", "7", [("MIDI", "08:22:00")]))
    with pytest.raises(ImportRefusedError):
        poll("stib_waiting_times", b"<html>")
    assert shown(board(client, line="7", limit=1)) == [("7-0820", "08:22", True)]


def test_real_time_without_its_timetable_is_refused(app: FastAPI, tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match="no timetable 'gtfs:test'"):
        realtime.poll(app, tmp_path / "answer", "stib_waiting_times", realtime.waiting_times())


def test_the_next_poll_replaces_the_one_before_in_every_process(
    app: FastAPI, client: Client, waiting: Poll, tmp_path: Path
) -> None:
    other = create_app(CitySettings(database_url=f"sqlite:///{tmp_path / 'city.db'}"), app.state.clock)
    for at in ("08:22:00", "08:23:00", "08:24:00"):
        waiting(("0631", "7", [("MIDI", at)]))
        for each in (client, Client(other)):
            assert shown(board(each, line="7", limit=1)) == [("7-0820", at[:5], True)]
    other.state.engine.dispose()


def test_a_new_timetable_is_seen_at_once(app: FastAPI, client: Client, waiting: Poll, tmp_path: Path) -> None:
    waiting(("0631", "7", [("MIDI", "08:22:00")]))
    board(client, line="7")
    realtime.import_network(app, tmp_path / "again")
    assert shown(board(client, line="7", limit=1)) == [("7-0820", "08:22", True)]


@pytest.mark.parametrize(("mode", "lines"), [("tram", {"7"}), ("bus", {"29"})])
def test_a_board_of_one_mode(client: Client, waiting: Poll, mode: str, lines: set[str]) -> None:
    waiting(("0631", "7", [("MIDI", "08:22:00")]))
    assert {item["line"]["short_name"] for item in board(client, mode=mode)["items"]} == lines


def test_a_mode_that_does_not_stop_here_tells_what_does(client: Client, poll: Poll) -> None:
    response = client.get(NORD, params={"mode": "metro"})
    assert (response.status_code, response.json()["code"]) == (404, "mode_not_at_stop")
    assert [line["short_name"] for line in response.json()["suggestions"]] == ["7", "29"]


def test_a_direction_keeps_what_is_measured_the_other_way_out(client: Client, waiting: Poll) -> None:
    waiting(("0631", "7", [("BOURSE", "08:26:00"), ("MIDI", "08:32:00")]))
    assert shown(board(client, line="7", towards="Midi", limit=2)) == [
        ("7-0830", "08:32", True),
        ("7-0840", "08:40", False),
    ]


def trips(client: Client, poll: Poll, message: Any, **parameters: Any) -> dict[str, Any]:
    poll("delijn_trip_updates", message.SerializeToString())
    return board(client, **parameters)


def trip(message: Any, trip_id: str, state: int = pb.TripDescriptor.SCHEDULED, **more: str) -> Any:
    update = message.entity.add(id=trip_id or "x").trip_update
    update.trip.trip_id, update.trip.schedule_relationship = trip_id, state
    for name, value in more.items():
        setattr(update.trip, name, value)
    return update


def at(local: str) -> int:
    return int(datetime.fromisoformat(f"2026-11-23T{local}+01:00").timestamp())


def made(at_local: str = "08:15:00") -> Any:
    return realtime.gtfs_realtime(at(at_local))


def test_a_trip_update_delays_its_trip(client: Client, poll: Poll) -> None:
    message = made()
    trip(message, "7-0820").stop_time_update.add(stop_id="0631").departure.delay = 180
    trip(message, "7-0830", start_date="20261124").stop_time_update.add(stop_id="0631").departure.delay = 60
    assert shown(trips(client, poll, message, line="7", limit=3)) == [
        ("7-0820", "08:23", True),
        ("7-short", "08:25", False),
        ("7-0830", "08:30", False),  # what is known is of another day
    ]


def test_a_delay_before_the_stop_reaches_it(client: Client, poll: Poll) -> None:
    message = made()
    trip(message, "gs:delijn:7-0810").stop_time_update.add(stop_id="gs:delijn:0631").departure.time = at("08:14:00")
    body = trips(client, poll, message, path="/v1/transport/stops/stop:bourse/departures", limit=1)
    assert shown(body) == [("7-0810", "08:19", True)]


def test_a_cancelled_trip_is_told_at_its_time(client: Client, poll: Poll) -> None:
    message = made()
    trip(message, "7-0820", pb.TripDescriptor.CANCELED)
    skipping = trip(message, "7-short").stop_time_update
    skipping.add(stop_id="0631", schedule_relationship=pb.TripUpdate.StopTimeUpdate.SKIPPED)
    items = trips(client, poll, message, line="7", limit=3)["items"]
    assert [(i["trip_id"], i["cancelled"], i["expected"]) for i in items[:2]] == [
        ("7-0820", True, None),
        ("7-short", True, None),
    ]
    assert items[2]["cancelled"] is False


def test_an_added_trip_is_shown_where_it_stops_and_goes_on(client: Client, poll: Poll) -> None:
    message = made()
    update = trip(message, "extra", pb.TripDescriptor.ADDED, route_id="r7")
    for stop, when in (("0631", "08:17:00"), ("6934", "08:22:00"), ("5008", "08:27:00")):
        update.stop_time_update.add(stop_id=stop).departure.time = at(when)
    item = trips(client, poll, message, line="7", limit=1)["items"][0]
    assert (item["trip_id"], item["added"], item["headsign"]["fr"]) == ("extra", True, "Midi")
    assert board(client, "/v1/transport/stops/stop:bourse/departures", line="7", limit=2)["items"][1]["added"]


def test_no_data_is_timetable(client: Client, poll: Poll) -> None:
    message = made()
    update = trip(message, "7-0820").stop_time_update
    update.add(stop_id="0631", schedule_relationship=pb.TripUpdate.StopTimeUpdate.NO_DATA)
    assert shown(trips(client, poll, message, line="7", limit=1)) == [("7-0820", "08:20", False)]


def test_a_feed_that_was_made_long_ago_is_stale_whenever_it_was_fetched(client: Client, poll: Poll) -> None:
    message = made("08:12:00")
    trip(message, "7-0820").stop_time_update.add(stop_id="0631").departure.delay = 180
    body = trips(client, poll, message, line="7", limit=1)
    assert (body["realtime_status"], shown(body)) == ("stale", [("7-0820", "08:20", False)])


def test_a_source_whose_clock_is_ahead_is_reported_and_read(client: Client, poll: Poll) -> None:
    message = made("08:20:00")
    trip(message, "7-0820").stop_time_update.add(stop_id="0631").departure.delay = 180
    report = poll("delijn_trip_updates", message.SerializeToString())
    assert [p["reason"] for p in report.problems] == ["the source's clock is 300 s ahead"]
    assert shown(board(client, line="7", limit=1)) == [("7-0820", "08:23", True)]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> tuple[FastAPI, Path]:
    folder = tmp_path_factory.mktemp("realtime")
    app = create_app(CitySettings(database_url=f"sqlite:///{folder / 'city.db'}"), SettableClock(NOW))
    realtime.import_network(app, folder / "network")
    return app, folder


seconds = st.integers(8 * 3600 - 600, 10 * 3600)
passings = st.lists(
    st.tuples(
        st.sampled_from(["0631", "0632"]),
        st.sampled_from(["7", "29"]),
        st.lists(
            st.tuples(
                st.sampled_from(["MIDI", "BOURSE", "DEPOT"]),
                seconds.map(lambda s: f"{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}"),
            ),
            max_size=4,
        ),
    ),
    max_size=4,
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=passings, limit=st.integers(1, 40), minute=st.integers(-20, 120))
def test_a_merged_board_shows_no_trip_twice_and_nothing_past_and_is_in_order(
    shared: tuple[FastAPI, Path], *, rows: list[Any], limit: int, minute: int
) -> None:
    app, folder = shared
    realtime.poll(
        app,
        folder / "answer",
        "stib_waiting_times",
        realtime.waiting_times(*rows, ("0631", "7", [("MIDI", "09:59:00")])),
    )
    since = NOW + timedelta(minutes=minute)
    items = board(Client(app), at=since.isoformat(), limit=limit)["items"]
    times = [item["expected"] or item["scheduled"] for item in items]
    assert times == sorted(times)
    assert all(datetime.fromisoformat(each) >= since for each in times)
    seen = Counter((item["trip_id"], item["service_day"]) for item in items if item["trip_id"])
    assert [trip_id for trip_id, count in seen.items() if count > 1] == []
    measured = {(line, at_[:8]) for _, line, found in rows for _, at_ in found} | {("7", "09:59:00")}
    for item in items:
        if item["realtime"]:
            assert (item["line"]["short_name"], item["expected"][11:19]) in measured
        else:
            assert item["expected"] is None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(limit=st.integers(1, 40), minute=st.integers(-20, 24 * 60))
def test_a_board_over_empty_real_time_is_the_timetable(
    shared: tuple[FastAPI, Path], *, limit: int, minute: int
) -> None:
    app, folder = shared
    since = (NOW + timedelta(minutes=minute)).isoformat()
    realtime.poll(app, folder / "answer", "stib_waiting_times", realtime.waiting_times())
    over_nothing = board(Client(app), at=since, limit=limit)
    app.state.clock.at = NOW + timedelta(hours=1)
    stale = board(Client(app), at=since, limit=limit)
    app.state.clock.at = NOW
    assert (over_nothing["realtime_status"], stale["realtime_status"]) == ("live", "stale")
    assert [(i["trip_id"], i["scheduled"]) for i in over_nothing["items"]] == [
        (i["trip_id"], i["scheduled"]) for i in stale["items"]
    ]
