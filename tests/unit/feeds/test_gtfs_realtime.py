"""GTFS Realtime: trip updates and alerts as operators write them."""

from __future__ import annotations

from typing import Any

import pytest
from google.transit import gtfs_realtime_pb2 as pb

from services.feeds.errors import UnexpectedContentError
from services.feeds.gtfs_realtime import ALERTS, TRIP_UPDATES
from services.feeds.gtfs_realtime.model import FeedMessage, StopUpdate
from services.feeds.gtfs_realtime.reader import read

Problems = list[tuple[str, int | None, str]]
Trip, Stop = pb.TripDescriptor, pb.TripUpdate.StopTimeUpdate


def feed(timestamp: int = 1_795_420_800) -> Any:
    message = pb.FeedMessage()
    message.header.gtfs_realtime_version = "2.0"
    message.header.timestamp = timestamp
    return message


def trip(message: Any, trip_id: str, state: int = Trip.SCHEDULED, **more: Any) -> Any:
    entity = message.entity.add(id=f"t{len(message.entity)}")
    update = entity.trip_update
    update.trip.schedule_relationship = state
    if trip_id:
        update.trip.trip_id = trip_id
    for name, value in more.items():
        setattr(update.trip, name, value)
    return update


def parsed(message: Any, language: str = "fr") -> tuple[FeedMessage, Problems]:
    problems: Problems = []
    found = read(message.SerializeToString(), "feed", lambda *p: problems.append(p), language=language)
    return found, problems


def test_a_trip_has_what_is_known_at_each_stop() -> None:
    message = feed()
    update = trip(message, "gs:delijn:307250", start_date="20261123", route_id="r1")
    update.stop_time_update.add(stop_id="a", stop_sequence=1).departure.delay = 120
    update.stop_time_update.add(stop_id="b").arrival.time = 1_795_420_900
    update.stop_time_update.add(stop_id="c", schedule_relationship=Stop.SKIPPED)
    update.stop_time_update.add(stop_id="d", schedule_relationship=Stop.NO_DATA)
    update.stop_time_update.add(stop_id="e")
    found, problems = parsed(message)
    assert (found.made_at, problems) == (1_795_420_800, [])
    assert (found.trips[0].trip_id, found.trips[0].state, found.trips[0].start_date) == (
        "gs:delijn:307250",
        "running",
        "20261123",
    )
    assert found.trips[0].stops == (
        StopUpdate("a", 1, "known", 120, None),
        StopUpdate("b", None, "known", None, 1_795_420_900),
        StopUpdate("c", None, "skipped", None, None),
        StopUpdate("d", None, "no_data", None, None),
        StopUpdate("e", None, "no_data", None, None),
    )


def test_a_departure_is_known_by_its_own_event_before_the_arrivals() -> None:
    message = feed()
    stop = trip(message, "1").stop_time_update.add(stop_id="a")
    stop.arrival.delay, stop.departure.delay = 60, 90
    assert parsed(message)[0].trips[0].stops[0].delay_s == 90


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (Trip.SCHEDULED, "running"),
        (Trip.UNSCHEDULED, "running"),
        (Trip.REPLACEMENT, "running"),
        (Trip.CANCELED, "cancelled"),
        (Trip.DELETED, "cancelled"),
        (Trip.ADDED, "added"),
        (Trip.NEW, "added"),
    ],
)
def test_a_trip_runs_is_cancelled_or_added(state: int, expected: str) -> None:
    message = feed()
    trip(message, "1", state).stop_time_update.add(stop_id="a").departure.time = 1_795_420_900
    assert [each.state for each in parsed(message)[0].trips] == [expected]


def test_one_bad_trip_leaves_the_others() -> None:
    message = feed()
    trip(message, "")
    trip(message, "x", Trip.ADDED)
    trip(message, "late").stop_time_update.add(stop_id="a").departure.delay = 200_000
    trip(message, "good")
    message.entity.add(id="gone", is_deleted=True).trip_update.trip.trip_id = "gone"
    found, problems = parsed(message)
    assert [each.trip_id for each in found.trips] == ["good"]
    assert [number for _, number, _ in problems] == [1, 2, 3]
    assert "without a trip_id" in problems[0][2]


def alert(message: Any, **texts: str) -> Any:
    found = message.entity.add(id=f"a{len(message.entity)}").alert
    for language, words in texts.items():
        found.header_text.translation.add(text=words, language="" if language == "none" else language)
    return found


def test_an_alert_has_its_words_periods_and_what_it_is_about() -> None:
    message = feed()
    found = alert(message, nl="Omleiding", fr="Déviation")
    found.header_text.translation.add(text="Umleitung", language="de")
    found.description_text.translation.add(text="Tot vrijdag", language="nl-BE")
    found.url.translation.add(text="https://transport.example", language="nl")
    found.active_period.add(start=10, end=20)
    found.active_period.add(start=30)
    found.informed_entity.add(route_id="r1")
    found.informed_entity.add(stop_id="s1", route_id="r1")
    found.informed_entity.add().trip.route_id = "r2"
    found.effect = pb.Alert.DETOUR
    read_alert = parsed(message)[0].alerts[0]
    assert read_alert.headers == {"nl": "Omleiding", "fr": "Déviation", "de": "Umleitung"}
    assert read_alert.descriptions == {"nl": "Tot vrijdag"}
    assert read_alert.urls == {"nl": "https://transport.example"}
    assert read_alert.periods == ((10, 20), (30, None))
    assert (read_alert.routes, read_alert.stops, read_alert.network) == (("r1", "r2"), ("s1",), False)
    assert (read_alert.severity, read_alert.effect) == (2, "detour")


def test_a_text_without_a_language_is_in_the_operators() -> None:
    message = feed()
    alert(message, none="Staking").informed_entity.add(agency_id="delijn")
    found = parsed(message, language="nl")[0].alerts[0]
    assert (found.headers, found.network) == ({"nl": "Staking"}, True)


def test_a_severity_that_is_stated_wins_over_the_effect() -> None:
    message = feed()
    found = alert(message, fr="Rien ne va plus")
    found.informed_entity.add(route_type=1, agency_id="x")
    found.severity_level, found.effect = pb.Alert.INFO, pb.Alert.NO_SERVICE
    read_alert = parsed(message)[0].alerts[0]
    assert (read_alert.severity, read_alert.modes, read_alert.network) == (4, (1,), False)


def test_an_alert_about_nothing_or_without_words_is_reported() -> None:
    message = feed()
    alert(message).informed_entity.add(route_id="r1")
    alert(message, fr="Un mot")
    alert(message, fr="Un voyage").informed_entity.add().trip.trip_id = "t"
    found, problems = parsed(message)
    assert found.alerts == ()
    assert [number for _, number, _ in problems] == [1, 2, 3]


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"{}", b"\x00" * 40, b"\xff" * 9])
def test_what_is_no_feed_is_an_error(content: bytes) -> None:
    with pytest.raises(UnexpectedContentError):
        read(content, "feed", lambda *_: None)


def test_a_feed_of_changes_only_is_an_error() -> None:
    message = feed()
    message.header.incrementality = pb.FeedHeader.DIFFERENTIAL
    with pytest.raises(UnexpectedContentError, match="changes only"):
        parsed(message)


def test_each_operator_has_a_source_of_each_kind_and_together_they_keep_to_the_quota() -> None:
    names = [source.name for source in (*TRIP_UPDATES, *ALERTS)]
    assert names[:2] == ["delijn_trip_updates", "tec_trip_updates"]
    assert len(set(names)) == 6
    for source in (*TRIP_UPDATES, *ALERTS):
        assert source.key is not None
        assert source.key.quota is not None
        assert 86_400 / source.refresh.total_seconds() <= source.key.quota
