"""NOVA's layers: days, shapes, missing fields, pages, and what is no layer at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.feeds.errors import FeedError, FeedUnavailableError, UnexpectedContentError
from services.feeds.http import Fetcher
from services.feeds.nova import SOURCE, Dossier, fetch, parse
from services.feeds.nova.filters import any_of, inquiry_until, query, received_since
from services.feeds.nova.geometry import point
from services.feeds.nova.values import both, day, status, text
from services.feeds.source import Source
from tests.feeds_server import FeedsServer, Reply


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("2026-11-03Z", date(2026, 11, 3), id="with its zone"),
        pytest.param("2026-11-03", date(2026, 11, 3), id="bare"),
        pytest.param("2026-11-02T23:00:00Z", date(2026, 11, 3), id="midnight in Brussels told in UTC"),
        pytest.param("2026-07-02T22:00:00.000Z", date(2026, 7, 3), id="midnight of summer time told in UTC"),
        pytest.param("2026-11-03T00:00:00+01:00", date(2026, 11, 3), id="midnight with its offset"),
        pytest.param("2026-11-03T00:00:00", date(2026, 11, 3), id="midnight without a zone"),
        pytest.param("3/11/2026", date(2026, 11, 3), id="as people write it"),
        pytest.param(1793660400000, date(2026, 11, 3), id="milliseconds"),
        pytest.param(None, None, id="missing"),
        pytest.param("", None, id="empty"),
    ],
)
def test_a_day_is_read(written: Any, expected: date | None) -> None:
    assert day(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-30Z",
        "soon",
        "0001-01-01Z",
        "9999-12-31Z",
        10**30,
        float("nan"),
        True,
        ["2026-11-03"],
        "2026-11-03Z\x00",
    ],
    ids=str,
)
def test_what_is_no_day_is_said(written: Any) -> None:
    with pytest.raises(ValueError, match=r"is not"):
        day(written)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  a \n b\x00 ", "a b"),
        (12.0, "12"),
        (12, "12"),
        ("", None),
        (None, None),
        ({}, None),
        ("x" * 3000, "x" * 2000),
    ],
    ids=["spaces and control characters", "a float", "a number", "empty", "null", "a mapping", "endless"],
)
def test_a_text_is_cleaned(value: Any, expected: str | None) -> None:
    assert text(value) == expected


def test_one_language_stands_in_for_the_other() -> None:
    assert both("Rue Haute", None) == ("Rue Haute", "Rue Haute")
    assert both(" ", "Hoogstraat") == ("Hoogstraat", "Hoogstraat")
    assert both(None, "") == (None, None)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Instruction", "instruction"),
        ("REFUSÉ", "refused"),
        ("Geweigerd", "refused"),
        ("Sans suite", "abandoned"),
        ("?", None),
    ],
    ids=str,
)
def test_the_registers_word_is_understood(written: str, expected: str | None) -> None:
    assert status(written) == expected


X, Y = 149_000.0, 170_500.0
SQUARE = [[X, Y], [X + 20, Y], [X + 20, Y + 20], [X, Y + 20], [X, Y]]
MIDDLE = point({"type": "Point", "coordinates": [X + 10, Y + 10]})


@pytest.mark.parametrize(
    "geometry",
    [
        pytest.param({"type": "Polygon", "coordinates": [SQUARE]}, id="polygon"),
        pytest.param(
            {"type": "MultiPolygon", "coordinates": [[SQUARE], [[[X - 900, Y], [X - 899, Y], [X - 899, Y + 1]]]]},
            id="several, the largest counts",
        ),
        pytest.param({"type": "MultiPoint", "coordinates": [[X + 10, Y + 10]]}, id="points"),
        pytest.param({"type": "LineString", "coordinates": [[X, Y], [X + 20, Y + 20]]}, id="line"),
        pytest.param({"type": "Point", "coordinates": [X + 10, Y + 10, 0.0]}, id="with a height"),
    ],
)
def test_any_shape_has_a_point(geometry: dict[str, Any]) -> None:
    assert point(geometry) == MIDDLE
    assert (pytest.approx(50.8448, abs=1e-3), pytest.approx(4.3554, abs=2e-3)) == MIDDLE


def test_degrees_are_taken_as_they_are() -> None:
    assert point({"type": "Point", "coordinates": [4.352, 50.846]}) == (50.846, 4.352)


@pytest.mark.parametrize("geometry", [None, {}, {"coordinates": []}, {"type": "Polygon", "coordinates": [[]]}], ids=str)
def test_no_shape_is_no_point(geometry: Any) -> None:
    assert point(geometry) is None


@pytest.mark.parametrize(
    "geometry",
    [
        "POINT(1 2)",
        {"coordinates": [0.0, 0.0]},
        {"coordinates": [1e300, 1e300]},
        {"coordinates": [[4.3, None]]},
        {"coordinates": [X]},
    ],
    ids=str,
)
def test_a_shape_that_makes_no_sense_is_said(geometry: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        point(geometry)


def feature(reference: str | None = "04/PU/1", **fields: Any) -> dict[str, Any]:
    geometry = fields.pop("geometry", {"type": "Polygon", "coordinates": [SQUARE]})
    return {"type": "Feature", "geometry": geometry, "properties": {"novaReference": reference, **fields}}


def read(*features: Any) -> tuple[list[Dossier], list[tuple[str, str]]]:
    problems: list[tuple[str, str]] = []
    found = list(parse({"features": list(features)}, "PlanningPermits", "page", lambda *each: problems.append(each)))
    return found, problems


def test_an_application_without_any_field_but_its_reference_is_taken() -> None:
    (dossier,), problems = read(feature(geometry=None))
    assert (dossier.reference, dossier.lat, dossier.received, dossier.object_fr) == ("04/PU/1", None, None, None)
    assert problems == []


def test_a_fault_in_a_field_leaves_the_field_empty_and_is_reported() -> None:
    (dossier,), problems = read(
        feature(
            requestReceptionDate="2026-13-01Z",
            completeAcknowledgeFirstDate="2026-10-01Z",
            geometry={"coordinates": [0, 0]},
        )
    )
    assert (dossier.received, dossier.acknowledged, dossier.lat) == (None, date(2026, 10, 1), None)
    assert [reference for reference, _ in problems] == ["04/PU/1", "04/PU/1"]


def test_an_inquiry_that_ends_before_it_begins_is_dropped() -> None:
    (dossier,), problems = read(feature(inquiryStartDate="2026-11-20Z", inquiryEndDate="2026-11-06Z"))
    assert (dossier.inquiry_start, dossier.inquiry_end) == (None, None)
    assert problems == [("04/PU/1", "inquiryEndDate: 2026-11-06 is before the inquiry begins, 2026-11-20")]


def test_what_has_no_reference_is_left_out_and_the_rest_is_taken() -> None:
    found, problems = read(feature(None), "x", {"properties": None}, feature("x" * 61), feature("04/PU/2"))
    assert [dossier.reference for dossier in found] == ["04/PU/2"]
    assert [reference for reference, _ in problems] == ["feature 0", "feature 1", "feature 2", "feature 3"]


@pytest.mark.parametrize("content", [[], {}, {"features": {}}, "x", None], ids=str)
def test_what_is_no_collection_is_refused(content: Any) -> None:
    with pytest.raises(UnexpectedContentError):
        list(parse(content, "PlanningPermits", "page", lambda *_: None))


def test_who_applied_is_not_read() -> None:
    (dossier,), _ = read(feature(applicantName="Jean Dupont", applicantEmail="jean@example.org"))
    assert "Dupont" not in repr(dossier)
    assert "jean@" not in repr(dossier)


def test_filters_are_written_in_cql() -> None:
    since = date(2018, 1, 1)
    asked = query("PlanningPermits", any_of(received_since(since), inquiry_until(since)), start=10, count=5)
    assert asked["CQL_FILTER"] == "(requestReceptionDate >= '2018-01-01') OR (inquiryEndDate >= '2018-01-01')"
    assert (asked["typeNames"], asked["startIndex"], asked["count"]) == ("Nova:PlanningPermits", 10, 5)


def source(server: FeedsServer) -> Source:
    return SOURCE.model_copy(update={"url": server.url("/wfs"), "settings": {**SOURCE.settings, "page": 2}})


def page(*references: str, matched: Any = None) -> Reply:
    return Reply.json({"features": [feature(each) for each in references], "numberMatched": matched})


def test_all_pages_of_both_layers_are_fetched(server: FeedsServer, fetcher: Fetcher, tmp_path: Path) -> None:
    server.put("/wfs", page("1", "2", matched=3), page("3", matched=3), page("4", matched=1))
    fetch(fetcher, source(server), None, tmp_path / "nova")
    names = sorted(file.name for file in (tmp_path / "nova").iterdir())
    assert names == ["EnvironmentalPermits.0001.json", "PlanningPermits.0001.json", "PlanningPermits.0002.json"]
    assert [asked.query["startIndex"] for asked in server.asked] == ["0", "2", "0"]
    assert {asked.query["sortBy"] for asked in server.asked} == {"novaReference"}


def test_without_a_total_a_short_page_is_the_last(server: FeedsServer, fetcher: Fetcher, tmp_path: Path) -> None:
    server.put("/wfs", page("1", "2", matched="unknown"), page("3", matched="unknown"), page())
    fetch(fetcher, source(server), None, tmp_path / "nova")
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("replies", "error"),
    [
        pytest.param([page("1", "2", matched=5), page(matched=5)], UnexpectedContentError, id="fewer than there are"),
        pytest.param([Reply(b"<ows:ExceptionReport/>")], UnexpectedContentError, id="an error in XML with status 200"),
        pytest.param([Reply.html()], UnexpectedContentError, id="a web page"),
        pytest.param([page("1", "2", matched=4), Reply(b"", 503)], FeedUnavailableError, id="down in the middle"),
        pytest.param([Reply.json({"error": "x"})], UnexpectedContentError, id="other JSON"),
        pytest.param([Reply(b'{"features": [', 200)], UnexpectedContentError, id="half of it"),
    ],
)
def test_a_failure_leaves_what_was_fetched_before(
    server: FeedsServer, fetcher: Fetcher, tmp_path: Path, replies: list[Reply], error: type[FeedError]
) -> None:
    (tmp_path / "nova").mkdir()
    (tmp_path / "nova" / "before.json").write_text("kept")
    server.put("/wfs", *replies)
    with pytest.raises(error):
        fetch(fetcher, source(server), None, tmp_path / "nova")
    assert [file.name for file in (tmp_path / "nova").iterdir()] == ["before.json"]
