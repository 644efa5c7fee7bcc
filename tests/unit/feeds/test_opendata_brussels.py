"""Records of an Opendatasoft portal, page after page, and car parks among them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from services.feeds.errors import FeedLimitedError, UnexpectedContentError
from services.feeds.http import Fetcher
from services.feeds.opendata_brussels import CAR_PARKS, CarPark, fetch, read_car_parks
from services.feeds.opendata_brussels.records import pages
from tests.feeds_server import FeedsServer, Reply

RECORD = {
    "name_fr": "Parking Bourse",
    "name_nl": "Parking Beurs",
    "total_capacity": 120,
    "geo_point_2d": {"lon": 4.3495, "lat": 50.848},
}


@pytest.fixture(autouse=True)
def portal(server: FeedsServer, monkeypatch: pytest.MonkeyPatch) -> FeedsServer:
    monkeypatch.setenv("BXL_FEEDS_OPENDATA_CAR_PARKS_URL", server.url("/records"))
    return server


def page(total: Any, records: Any) -> Reply:
    return Reply.json({"total_count": total, "results": records})


def test_pages_are_asked_for_until_all_are_there(portal: FeedsServer, fetcher: Fetcher, tmp_path: Path) -> None:
    path = tmp_path / "car_parks.json"
    portal.put("/records", page(130, [RECORD] * 100), page(130, [RECORD] * 30))
    assert not fetch(fetcher, CAR_PARKS, None, path).not_modified
    assert [asked.query for asked in portal.asked] == [
        {"limit": "100", "offset": "0"},
        {"limit": "100", "offset": "100"},
    ]
    assert len(list(read_car_parks(path, lambda *_problem: None))) == 130
    assert [file.name for file in tmp_path.iterdir()] == ["car_parks.json"]


def test_the_key_goes_along(portal: FeedsServer, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BXL_FEEDS_OPENDATA_BRUSSELS_KEY", "Apikey k")
    portal.put("/records", page(1, [RECORD]))
    list(pages(fetcher, CAR_PARKS))
    assert portal.asked[0].headers["authorization"] == "Apikey k"


@pytest.mark.parametrize(
    ("replies", "reason"),
    [
        pytest.param([page(0, [])], "no records at all", id="empty data set"),
        pytest.param([page(150, [RECORD] * 100), page(150, [])], "100 of 150 records", id="fewer than it says"),
        pytest.param([page("many", [RECORD])], "no records in the answer", id="no count"),
        pytest.param([page(1, {})], "no records in the answer", id="no list"),
        pytest.param([Reply.json([RECORD])], "no records in the answer", id="another shape"),
        pytest.param([Reply.html()], "a web page instead of json", id="a web page"),
    ],
)
def test_what_is_not_whole_leaves_the_file_before(
    portal: FeedsServer, fetcher: Fetcher, tmp_path: Path, replies: list[Reply], reason: str
) -> None:
    path = tmp_path / "car_parks.json"
    path.write_bytes(b"before")
    portal.put("/records", *replies)
    with pytest.raises(UnexpectedContentError, match=reason):
        fetch(fetcher, CAR_PARKS, None, path)
    assert path.read_bytes() == b"before"


def test_more_than_pages_can_hold_is_an_error(portal: FeedsServer, fetcher: Fetcher) -> None:
    portal.put("/records", page(20_000, [RECORD] * 100))
    with pytest.raises(UnexpectedContentError, match="use an export"):
        list(pages(fetcher, CAR_PARKS))
    assert portal.asked[-1].query == {"limit": "100", "offset": "9900"}


def test_a_limit_in_the_middle_is_passed_on(portal: FeedsServer, fetcher: Fetcher, tmp_path: Path) -> None:
    portal.put("/records", page(130, [RECORD] * 100), Reply.limited("30"))
    with pytest.raises(FeedLimitedError) as error:
        fetch(fetcher, CAR_PARKS, None, tmp_path / "car_parks.json")
    assert error.value.retry_after_s == 30


def read(tmp_path: Path, *records: Any) -> tuple[list[CarPark], list[str]]:
    path = tmp_path / "car_parks.json"
    path.write_bytes(orjson.dumps({"results": records}))
    problems: list[str] = []
    return list(read_car_parks(path, lambda _file, _line, reason: problems.append(reason))), problems


def test_a_record_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, RECORD) == ([CarPark("Parking Bourse", "Parking Beurs", 50.848, 4.3495, 120)], [])


@pytest.mark.parametrize(
    ("change", "names", "capacity"),
    [
        pytest.param({"name_nl": None}, ("Parking Bourse", "Parking Bourse"), 120, id="one name"),
        pytest.param({"total_capacity": "85"}, ("Parking Bourse", "Parking Beurs"), 85, id="a number as text"),
        pytest.param({"total_capacity": "n/a"}, ("Parking Bourse", "Parking Beurs"), None, id="no number"),
        pytest.param({"total_capacity": -3}, ("Parking Bourse", "Parking Beurs"), None, id="negative"),
    ],
)
def test_what_may_be_missing_may_be_missing(
    tmp_path: Path, change: dict[str, Any], names: tuple[str, str], capacity: int | None
) -> None:
    (found,), problems = read(tmp_path, {**RECORD, **change})
    assert ((found.name_fr, found.name_nl), found.capacity, problems) == (names, capacity, [])


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        pytest.param({**RECORD, "geo_point_2d": None}, "no geo_point_2d", id="no point"),
        pytest.param({**RECORD, "geo_point_2d": {"lon": 0, "lat": 0}}, "not in Belgium", id="null island"),
        pytest.param({**RECORD, "geo_point_2d": {"lat": "50"}}, "not in Belgium", id="a text"),
        pytest.param({**RECORD, "name_fr": " ", "name_nl": 7}, "no name", id="no name"),
        pytest.param("car park", "str", id="not an object"),
    ],
)
def test_a_record_at_fault_is_named(tmp_path: Path, record: Any, reason: str) -> None:
    found, problems = read(tmp_path, record, RECORD)
    assert len(found) == 1
    assert problems[0].startswith("record 0: ")
    assert reason in problems[0]


def test_names_of_fields_are_settings(tmp_path: Path) -> None:
    source = CAR_PARKS.model_copy(update={"settings": {"name_fr": "nom", "name_nl": "naam", "capacity": "places"}})
    path = tmp_path / "car_parks.json"
    path.write_bytes(orjson.dumps({"results": [{**RECORD, "nom": "A", "naam": "B", "places": 9}]}))
    (found,) = read_car_parks(path, lambda *_problem: None, source)
    assert (found.name_fr, found.name_nl, found.capacity) == ("A", "B", 9)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"results": []}', b'{"results": {}}'])
def test_a_file_without_records_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "car_parks.json"
    path.write_bytes(content)
    with pytest.raises(UnexpectedContentError):
        list(read_car_parks(path, lambda *_problem: None))
