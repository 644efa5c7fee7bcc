"""STIB-MIVB's real time: JSON within JSON, and what is wrong with some of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from services.feeds.errors import UnexpectedContentError
from services.feeds.stib_realtime.model import Passing, TravellerMessage, VehiclePosition
from services.feeds.stib_realtime.travellers_information import messages
from services.feeds.stib_realtime.vehicle_positions import positions
from services.feeds.stib_realtime.waiting_times import passings

Problems = list[tuple[str, int | None, str]]


def answer(*results: Any, **envelope: Any) -> bytes:
    return json.dumps({"results": list(results), **envelope}).encode()


def point(point_id: str, line: str, *found: Any, as_string: bool = True) -> dict[str, Any]:
    return {"pointid": point_id, "lineid": line, "passingtimes": json.dumps(found) if as_string else list(found)}


def passing(at: str | None, **more: Any) -> dict[str, Any]:
    return {"destination": {"fr": "BELGICA", "nl": "BELGICA"}, "expectedArrivalTime": at, "lineId": "51", **more}


def waiting(content: bytes) -> tuple[list[Passing], Problems]:
    problems: Problems = []
    return list(passings(content, lambda *problem: problems.append(problem))), problems


def told(content: bytes) -> tuple[list[TravellerMessage], Problems]:
    problems: Problems = []
    return messages(content, lambda *problem: problems.append(problem)), problems


def test_a_passing_is_read_with_its_time_in_utc() -> None:
    found, problems = waiting(answer(point("5008", "51", passing("2026-11-23T08:20:00+01:00"))))
    assert problems == []
    assert found == [
        Passing("5008", "51", datetime(2026, 11, 23, 7, 20, tzinfo=UTC), "BELGICA", "BELGICA", theoretical=False)
    ]


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        pytest.param("2026-11-23T08:20:00+01:00", 7, id="with an offset"),
        pytest.param("2026-11-23T07:20:00Z", 7, id="in UTC"),
        pytest.param("2026-11-23T08:20:00", 7, id="without a zone it is Brussels"),
        pytest.param("2026-07-23T08:20:00", 6, id="in summer too"),
    ],
)
def test_times_are_read_in_their_zone(written: str, hour: int) -> None:
    found, _ = waiting(answer(point("1", "51", passing(written))))
    assert found[0].expected.hour == hour


@pytest.mark.parametrize(
    "message",
    [
        {"en": "Theoretical time", "fr": "Temps théorique", "nl": "Theoretische tijd"},
        {"fr": "Temps théorique"},
        {"nl": "Theoretische tijd"},
    ],
)
def test_a_theoretical_time_is_told_from_a_measured_one(message: dict[str, str]) -> None:
    found, _ = waiting(
        answer(
            point(
                "1",
                "51",
                passing("2026-11-23T08:20:00+01:00", message=message),
                passing("2026-11-23T08:30:00+01:00", message={"fr": "Dernier passage", "nl": "Laatste doortocht"}),
                passing("2026-11-23T08:30:00+01:00"),
            )
        )
    )
    assert [each.theoretical for each in found] == [True, False, False]


def test_a_list_need_not_be_a_string() -> None:
    found, problems = waiting(answer(point("1", "51", passing("2026-11-23T08:20:00Z"), as_string=False)))
    assert (len(found), problems) == (1, [])


def test_a_line_whose_service_has_ended_has_no_passing_and_no_fault() -> None:
    assert waiting(answer(point("1", "51", passing(None, message={"fr": "Fin de service"})))) == ([], [])


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        pytest.param({"pointid": "1", "lineid": "2", "passingtimes": "[{"}, "not JSON within the string", id="torn"),
        pytest.param({"pointid": "1", "lineid": "2", "passingtimes": "{}"}, "not a list", id="an object"),
        pytest.param({"lineid": "2", "passingtimes": "[]"}, "pointid: missing", id="no point"),
        pytest.param({"pointid": "1", "passingtimes": "[]"}, "lineid: missing", id="no line"),
        pytest.param("nonsense", "not an object", id="a word"),
        pytest.param(point("1", "2", passing("soon")), "not a time", id="no time"),
        pytest.param(point("1", "2", passing(None)), "not a time", id="no time at all"),
        pytest.param(point("1", "2", passing("9999-12-31T23:59:59-23:00")), "not a time", id="too late"),
        pytest.param(point("1", "2", 7), "not an object", id="a number"),
    ],
)
def test_one_bad_entry_leaves_the_others(bad: Any, reason: str) -> None:
    found, problems = waiting(answer(bad, point("9", "51", passing("2026-11-23T08:20:00Z"))))
    assert [each.point for each in found] == ["9"]
    assert [(name, number) for name, number, _ in problems] == [("WaitingTimes", 1)]
    assert reason in problems[0][2]


@pytest.mark.parametrize("total", ["total_count", "totalCount"])
def test_an_answer_that_is_not_whole_is_reported(total: str) -> None:
    _, problems = waiting(answer(point("1", "51", passing("2026-11-23T08:20:00Z")), **{total: 2}))
    assert problems == [("WaitingTimes", None, "1 of 2 results")]


def test_an_empty_list_is_an_answer() -> None:
    assert waiting(answer(total_count=0)) == ([], [])


@pytest.mark.parametrize("content", [b"", b"<html>", b"{}", b'{"results": 3}', b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_answer_is_an_error(content: bytes) -> None:
    with pytest.raises(UnexpectedContentError):
        waiting(content)


def message(fr: str, line: str, *points: str, **more: Any) -> dict[str, Any]:
    texts = {"fr": fr, "nl": f"{fr} (nl)", **more.pop("texts", {})}
    return {
        "content": json.dumps([{"text": [texts], "type": "Description"}]),
        "type": "LongText",
        "lines": json.dumps([{"id": line}]),
        "points": json.dumps([{"id": each} for each in points]),
        "priority": 4,
        **more,
    }


def test_a_message_that_is_repeated_is_one_with_all_its_lines_and_points() -> None:
    found, problems = told(
        answer(
            message("Travaux", "81", "6462F"),
            message("Travaux", "97", "5152G", "6462F", priority=2),
            message("Autre chose", "81"),
        )
    )
    assert problems == []
    assert [(each.lines, each.points, each.priority) for each in found] == [
        (("81", "97"), ("6462F", "5152G"), 2),
        (("81",), (), 4),
    ]


def test_a_message_has_the_languages_that_it_has() -> None:
    found, _ = told(answer(message("Travaux", "81"), message("Obstacle", "81", texts={"en": " Obstacle "})))
    assert [sorted(each.texts) for each in found] == [["fr", "nl"], ["en", "fr", "nl"]]
    assert found[1].texts["en"] == "Obstacle"


def test_a_bare_list_is_an_answer_too() -> None:
    found, _ = told(json.dumps([message("Travaux", "81")]).encode())
    assert len(found) == 1


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(message("", "81", texts={"nl": " "}), id="no text"),
        pytest.param({**message("x", "81"), "content": "[{]"}, id="torn content"),
        pytest.param({**message("x", "81"), "points": json.dumps([{"name": "y"}])}, id="a point without an id"),
        pytest.param({**message("x", "81"), "lines": json.dumps([None])}, id="a line that is null"),
    ],
)
def test_one_bad_message_leaves_the_others(bad: Any) -> None:
    found, problems = told(answer(bad, message("Travaux", "81")))
    assert [each.texts["fr"] for each in found] == ["Travaux"]
    assert [number for _, number, _ in problems] == [1]


def test_vehicles_are_read_one_bad_one_leaving_the_others() -> None:
    vehicles = [
        {"directionId": "1638", "distanceFromPoint": 160, "pointId": "1659"},
        {"directionId": "1638", "distanceFromPoint": "far", "pointId": "1659"},
        {"directionId": 2836, "pointId": 1617},
    ]
    problems: Problems = []
    content = answer({"lineid": "76", "vehiclepositions": json.dumps(vehicles)}, {"lineid": "54"})
    found = list(positions(content, lambda *problem: problems.append(problem)))
    assert found == [VehiclePosition("76", "1638", "1659", 160.0), VehiclePosition("76", "2836", "1617", 0.0)]
    assert problems == [("VehiclePositions", 1, "distanceFromPoint: not a number")]
