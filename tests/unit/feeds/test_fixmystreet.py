"""FixMyStreet's incidents: all pages, in WGS 84, each once; what is odd is reported, what is broken is refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from services.feeds.errors import (
    FeedError,
    FeedLimitedError,
    FeedRefusedError,
    FeedUnavailableError,
    UnexpectedContentError,
)
from services.feeds.fixmystreet import SOURCE, Incident, fetch, parse
from services.feeds.http import Fetcher
from tests.feeds_server import FeedsServer, Reply

#: Place Flagey is at about 150,600 169,000 in Lambert 72.
INCIDENT: dict[str, Any] = {
    "id": 123,
    "status": "PROCESSING",
    "updatedDate": "2026-11-20T10:00:00+01:00",
    "category": {"nameFr": "Éclairage", "nameNl": "Verlichting", "nameEn": "Lighting"},
    "location": {
        "coordinates": {"x": 150600, "y": 169000},
        "address": {
            "streetNameFr": "Place Flagey", "streetNameNl": "Flageyplein", "streetNumber": "18", "postalCode": 1050,
            "municipalityNameFr": "Ixelles", "municipalityNameNl": "Elsene",
        },
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def address(server: FeedsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BXL_FEEDS_FIXMYSTREET_URL", server.url("/api/incidents"))


def page(*incidents: Any, **more: Any) -> Reply:
    return Reply.json({"_embedded": {"response": list(incidents)}, **more})


def read(server: FeedsServer, fetcher: Fetcher, *replies: Reply) -> tuple[list[Incident], list[str]]:
    server.put("/api/incidents", *replies)
    problems: list[str] = []
    return list(parse(fetch(fetcher), lambda _file, _line, reason: problems.append(reason))), problems


def one(server: FeedsServer, fetcher: Fetcher, **changes: Any) -> Incident:
    (incident,), problems = read(server, fetcher, page({**INCIDENT, **changes}), Reply.json({}))
    assert problems == []
    return incident


def test_an_incident_is_read(server: FeedsServer, fetcher: Fetcher) -> None:
    incident = one(server, fetcher)
    assert (incident.id, incident.state) == ("123", "PROCESSING")
    assert (incident.lat, incident.lon) == pytest.approx((50.8313, 4.3776), abs=0.001)
    assert incident.updated_at == datetime.fromisoformat("2026-11-20T10:00:00+01:00")
    assert (incident.category_fr, incident.category_nl, incident.category_en) == (
        "Éclairage",
        "Verlichting",
        "Lighting",
    )
    assert (incident.address_fr, incident.address_nl) == (
        "Place Flagey 18, 1050 Ixelles",
        "Flageyplein 18, 1050 Elsene",
    )


def test_pages_are_read_to_the_last(server: FeedsServer, fetcher: Fetcher) -> None:
    pages = [page({**INCIDENT, "id": number}) for number in (1, 2, 2, 3)]
    incidents, _ = read(server, fetcher, *pages, Reply.json({"_links": {}}))
    assert [each.id for each in incidents] == ["1", "2", "3"]
    assert [asked.query["page"] for asked in server.asked] == ["0", "1", "2", "3", "4"]
    assert {asked.query["size"] for asked in server.asked} == {"200"}


def test_a_source_that_counts_its_pages_is_not_asked_for_more(server: FeedsServer, fetcher: Fetcher) -> None:
    read(server, fetcher, page(INCIDENT, page={"totalPages": 2, "number": 0}), page(INCIDENT, page={"totalPages": 2}))
    assert len(server.asked) == 2


def test_no_more_pages_are_read_than_wanted(server: FeedsServer, fetcher: Fetcher) -> None:
    read(server, fetcher, page(INCIDENT))
    assert len(server.asked) == SOURCE.settings["most_pages"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("2026-11-20T10:00:00", "2026-11-20T10:00:00+01:00", id="without a zone"),
        pytest.param(1763629200000, "2025-11-20T10:00:00+01:00", id="milliseconds"),
        pytest.param("20/11/2026", None, id="another way of writing it"),
        pytest.param(None, None, id="none"),
        pytest.param(10**17, None, id="out of this world"),
    ],
)
def test_an_odd_date_loses_no_incident(server: FeedsServer, fetcher: Fetcher, value: Any, expected: str | None) -> None:
    found = one(server, fetcher, updatedDate=value).updated_at
    assert found == (datetime.fromisoformat(expected) if expected else None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, (None, None)),
        ("Place Flagey 18", ("Place Flagey 18", "Place Flagey 18")),
        ({"streetNameNl": "Flageyplein"}, ("Flageyplein", "Flageyplein")),
        ({"postalCode": "1050", "municipalityNameFr": "Ixelles"}, ("1050 Ixelles", "1050")),
        (["x"], (None, None)),
    ],
    ids=str,
)
def test_an_address_may_lack_parts(
    server: FeedsServer, fetcher: Fetcher, value: Any, expected: tuple[str | None, str | None]
) -> None:
    incident = one(server, fetcher, location={**INCIDENT["location"], "address": value})
    assert (incident.address_fr, incident.address_nl) == expected


def test_a_category_in_one_language_stands_for_all(server: FeedsServer, fetcher: Fetcher) -> None:
    incident = one(server, fetcher, category={"nameNl": "Boom\n dood", "nameFr": None, "nameEn": " "})
    assert {incident.category_fr, incident.category_nl, incident.category_en} == {"Boom dood"}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"status": "DONE"}, "status 'DONE'", id="an unknown state"),
        pytest.param({"category": {}}, "without a name", id="no category"),
        pytest.param({"category": None}, "AttributeError", id="category null"),
        pytest.param({"location": {"coordinates": {"x": 0, "y": 0}}}, "not in Brussels", id="coordinates nought"),
        pytest.param({"location": {"coordinates": {"x": 4.37, "y": 50.83}}}, "not in Brussels", id="degrees"),
        pytest.param({"location": {"coordinates": {"x": "nan", "y": "1"}}}, "not in Brussels", id="nan"),
        pytest.param({"location": {}}, "KeyError", id="no coordinates"),
    ],
)
def test_a_bad_incident_leaves_the_others(
    server: FeedsServer, fetcher: Fetcher, changes: dict[str, Any], reason: str
) -> None:
    incidents, problems = read(server, fetcher, page({**INCIDENT, **changes}, {**INCIDENT, "id": 9}), Reply.json({}))
    assert [each.id for each in incidents] == ["9"]
    assert reason in problems[0]


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        pytest.param(Reply.json({}), UnexpectedContentError, id="nothing embedded"),
        pytest.param(page(), UnexpectedContentError, id="no incidents"),
        pytest.param(Reply.json([]), UnexpectedContentError, id="a list"),
        pytest.param(Reply.html(), UnexpectedContentError, id="a web page"),
        pytest.param(Reply(b'{"_embedded"'), UnexpectedContentError, id="half of it"),
        pytest.param(Reply.limited("60"), FeedLimitedError, id="too often"),
        pytest.param(Reply(b"no", status=404), FeedRefusedError, id="gone"),
        pytest.param(Reply(b"no", status=500), FeedUnavailableError, id="down"),
    ],
)
def test_a_failure_is_never_an_empty_list(
    server: FeedsServer, fetcher: Fetcher, reply: Reply, error: type[FeedError]
) -> None:
    with pytest.raises(error):
        read(server, fetcher, reply)


def test_a_page_that_fails_later_loses_all(server: FeedsServer, fetcher: Fetcher) -> None:
    with pytest.raises(FeedUnavailableError):
        read(server, fetcher, page(INCIDENT), Reply(b"", status=503))
