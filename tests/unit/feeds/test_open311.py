"""A GeoReport v2 client against servers as they really are: XML alone, nil fields, odd dates, tokens, half answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

import pytest

from kit.clock import FixedClock
from services.feeds.errors import (
    FeedError,
    FeedLimitedError,
    FeedRefusedError,
    FeedUnavailableError,
    UnexpectedContentError,
)
from services.feeds.open311 import (
    Open311Client,
    OutcomeUnknownError,
    Receipt,
    Report,
    ReportRefusedError,
    discover,
    values,
)
from services.feeds.settings import FetchSettings
from tests.feeds_server import FeedsServer, Reply
from tests.unit.feeds.conftest import NOW

CLOCK = FixedClock(NOW)
QUICK = FetchSettings(read_timeout_s=0.3, connect_timeout_s=1)
REPORT = Report("001", "Éteint", point=(50.8275, 4.372))


@pytest.fixture(params=["json", "xml"])
def client(server: FeedsServer, request: pytest.FixtureRequest) -> Iterator[Open311Client]:
    options: dict[str, Any] = {"jurisdiction_id": "city", "api_key": "secret-key", "settings": QUICK}
    with Open311Client(server.url("/v2/"), CLOCK, form=request.param, **options) as client:
        yield client


def put(server: FeedsServer, path: str, json: Any, xml: str) -> None:
    """Answer a path in both formats."""
    server.put(f"/v2/{path}.json", Reply.json(json))
    server.put(f"/v2/{path}.xml", Reply(xml.encode(), headers={"Content-Type": "text/xml"}))


def put_requests(server: FeedsServer, **fields: str) -> None:
    xml = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    put(server, "requests/7", [fields], f"<service_requests><request>{xml}</request></service_requests>")


def test_services_are_read_and_the_jurisdiction_goes_along(server: FeedsServer, client: Open311Client) -> None:
    put(
        server,
        "services",
        [
            {"service_code": 1, "service_name": "Lamps", "metadata": True, "keywords": "a, b", "group": None},
            {"service_name": "without a code"},
        ],
        "<services><service><service_code>1</service_code><service_name>Lamps</service_name><metadata>true</metadata>"
        "<keywords>a, b</keywords><group/></service><service><service_name>without</service_name></service></services>",
    )
    (service,) = client.services()
    assert (service.code, service.name, service.has_attributes) == ("1", "Lamps", True)
    assert (service.keywords, service.group, service.description) == (("a", "b"), None, None)
    assert server.asked[0].query == {"jurisdiction_id": "city"}


def test_a_definition_is_read_in_order(server: FeedsServer, client: Open311Client) -> None:
    attributes = [
        {"variable": True, "code": "B", "datatype": "text", "required": False, "order": 2, "values": []},
        {"variable": "true", "code": "A", "datatype": "singlevaluelist", "required": "true", "order": "1",
         "values": [{"key": 123, "name": "Ford"}, {"key": 7, "name": None}]},
        {"variable": False, "code": "note", "description": "Only shown."},
    ]  # fmt: skip
    xml = (
        "<service_definition><service_code>1</service_code><attributes>"
        "<attribute><variable>true</variable><code>B</code><datatype>text</datatype><required>false</required>"
        "<order>2</order><values/></attribute>"
        "<attribute><variable>true</variable><code>A</code><datatype>singlevaluelist</datatype>"
        "<required>true</required><order>1</order><values><value><key>123</key><name>Ford</name></value>"
        "<value><key>7</key><name/></value></values></attribute>"
        "<attribute><variable>false</variable><code>note</code></attribute>"
        "</attributes></service_definition>"
    )
    put(server, "services/1", {"service_code": 1, "attributes": attributes}, xml)
    first, second = client.definition("1")
    assert (first.code, first.required, first.values) == ("A", True, (("123", "Ford"), ("7", "7")))
    assert (second.code, second.required, second.values) == ("B", False, ())


def test_a_report_is_posted_as_the_standard_says(server: FeedsServer, client: Open311Client) -> None:
    put(
        server,
        "requests",
        [{"service_request_id": 42, "service_notice": None, "account_id": None}],
        "<service_requests><request><service_request_id>42</service_request_id></request></service_requests>",
    )
    report = Report(
        "001", "Éteint", (50.8275, 4.372), "Place Flagey", {"A": ["1"], "B": ["x", "y"]}, "https://p.example/1.jpg",
        {"email": "jan@example.org"},
    )  # fmt: skip
    assert client.post(report, key="BXL-2026-00001") == Receipt("42", None, None)
    (asked,) = server.asked
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked.headers["idempotency-key"] == "BXL-2026-00001"
    assert asked.query == {}
    assert parse_qs(asked.body.decode()) == {
        "jurisdiction_id": ["city"], "api_key": ["secret-key"], "service_code": ["001"], "description": ["Éteint"],
        "lat": ["50.8275000"], "long": ["4.3720000"], "address_string": ["Place Flagey"], "attribute[A]": ["1"],
        "attribute[B][]": ["x", "y"], "media_url": ["https://p.example/1.jpg"], "email": ["jan@example.org"],
    }  # fmt: skip


def test_a_token_is_told_from_an_id(server: FeedsServer, client: Open311Client) -> None:
    put(
        server,
        "requests",
        [{"service_request_id": None, "token": "t 1"}],
        "<service_requests><request><service_request_id/><token>t 1</token></request></service_requests>",
    )
    put(
        server,
        "tokens/t%201",
        [{"service_request_id": "9", "token": "t 1"}],
        "<service_requests><request><service_request_id>9</service_request_id></request></service_requests>",
    )
    assert client.post(REPORT, key="k") == Receipt(None, "t 1", None)
    assert client.id_of("t 1") == "9"


def test_a_token_without_an_id_yet(server: FeedsServer, client: Open311Client) -> None:
    put(
        server, "tokens/t", [{"token": "t"}], "<service_requests><request><token>t</token></request></service_requests>"
    )
    assert client.id_of("t") is None


def test_a_request_is_read(server: FeedsServer, client: Open311Client) -> None:
    put_requests(
        server,
        service_request_id="7",
        status="Closed",
        status_notes="Done.",
        lat="50.8",
        long="4.3",
        updated_datetime="2026-11-20T10:00:00+01:00",
        media_url="nil",
        address="null",
    )
    request = client.request("7")
    assert request is not None
    assert (request.closed, request.status_notes, request.point) == (True, "Done.", (50.8, 4.3))
    assert request.updated_at == datetime.fromisoformat("2026-11-20T10:00:00+01:00")
    assert (request.media_url, request.address, request.description) == (None, None, None)


@pytest.mark.parametrize(
    ("lat", "lon"), [("0.0", "0.0"), ("", "4.3"), ("nil", "nil"), ("91", "4"), ("x", "y"), ("inf", "1")]
)
def test_a_point_that_is_none(server: FeedsServer, client: Open311Client, lat: str, lon: str) -> None:
    put_requests(server, service_request_id="7", lat=lat, long=lon, status="pending")
    request = client.request("7")
    assert request is not None
    assert (request.point, request.closed) == (None, None)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-11-20T10:00:00Z", "2026-11-20T10:00:00+00:00"),
        ("2026-11-20T10:00:00-0800", "2026-11-20T10:00:00-08:00"),
        ("2026-11-20T10:00:00", "2026-11-20T10:00:00+01:00"),
        ("2026-07-20", "2026-07-20T00:00:00+02:00"),
        ("2026-11-20 10:00:00 +0100", "2026-11-20T10:00:00+01:00"),
        ("Fri, 20 Nov 2026 10:00:00 +0100", "2026-11-20T10:00:00+01:00"),
        ("11/20/2026 10:00:00 AM", "2026-11-20T10:00:00+01:00"),
        ("0000-00-00", None),
        ("soon", None),
        ({"nil": "true"}, None),
        ([], None),
        (None, None),
    ],
    ids=str,
)
def test_dates_as_servers_write_them(written: Any, expected: str | None) -> None:
    assert values.moment(written) == (datetime.fromisoformat(expected) if expected else None)


@pytest.mark.parametrize(
    "content",
    [
        b'{"service_requests": [{"service_request_id": "7", "status": "open"}]}',
        b'{"service_request_id": "7", "status": "open"}',
        b'\xef\xbb\xbf[{"service_request_id": 7, "status": "OPEN"}, "stray", null]',
        b'{"service_requests": {"request": {"service_request_id": "7", "status": "open"}}}',
    ],
    ids=["wrapped", "alone", "byte-order mark", "as XML would be"],
)
def test_json_however_it_is_nested(server: FeedsServer, content: bytes) -> None:
    server.put("/v2/requests/7.json", Reply(content))
    with Open311Client(server.url("/v2"), CLOCK) as client:
        request = client.request("7")
    assert request is not None
    assert request.closed is False


ONE = b"<request><service_request_id>7</service_request_id>%s</request>"


@pytest.mark.parametrize(
    "content",
    [
        b'<service_requests xmlns="urn:x" type="array">' + ONE % b"" + b"</service_requests>",
        b'<?xml version="1.0" encoding="ISO-8859-1"?>\n<service_requests>'
        + ONE % b"<description>\xe9teint</description>"
        + b"</service_requests>",
        b"\n <service_requests>" + ONE % b"<lat nil='true'/>" + b"</service_requests>",
    ],
    ids=["namespace", "another encoding", "space before"],
)
def test_xml_however_it_is_written(server: FeedsServer, content: bytes) -> None:
    server.put("/v2/requests/7.xml", Reply(content))
    with Open311Client(server.url("/v2"), CLOCK, form="xml") as client:
        request = client.request("7")
    assert request is not None
    assert request.description in (None, "éteint")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b'<!DOCTYPE a [<!ENTITY e "x">]><services>&e;</services>', id="entity"),
        pytest.param(b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><services/>', id="outside file"),
        pytest.param(b"<services><service>", id="half"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"[]", id="JSON"),
    ],
)
def test_xml_that_is_refused(server: FeedsServer, content: bytes) -> None:
    server.put("/v2/services.xml", Reply(content))
    with Open311Client(server.url("/v2"), CLOCK, form="xml") as client, pytest.raises(UnexpectedContentError):
        client.services()


def test_a_request_that_is_gone(server: FeedsServer, client: Open311Client) -> None:
    assert client.request("8") is None


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        pytest.param(Reply(b"", status=503), FeedUnavailableError, id="down"),
        pytest.param(Reply.limited("30"), FeedLimitedError, id="too often"),
        pytest.param(Reply(b"", status=401), FeedRefusedError, id="not let in"),
        pytest.param(Reply.html(), UnexpectedContentError, id="a web page"),
        pytest.param(Reply(hangs=True), FeedUnavailableError, id="silent"),
        pytest.param(Reply(drops=True), FeedUnavailableError, id="hangs up"),
    ],
)
def test_a_failure_is_never_an_empty_list(
    server: FeedsServer, client: Open311Client, reply: Reply, error: type[FeedError]
) -> None:
    for form in ("json", "xml"):
        server.put(f"/v2/services.{form}", reply)
    with pytest.raises(error):
        client.services()


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply(b"", status=500), id="fails"),
        pytest.param(Reply(b"", status=504), id="a gateway gives up"),
        pytest.param(Reply.html(), id="a web page"),
        pytest.param(Reply(b""), id="says nothing"),
        pytest.param(Reply(b"[]"), id="an empty list"),
        pytest.param(Reply(b"<service_requests><request/></service_requests>"), id="an empty request"),
        pytest.param(Reply(hangs=True), id="silent"),
        pytest.param(Reply(drops=True), id="hangs up"),
        pytest.param(Reply(b'[{"service_request_id": "1"}]', torn=True), id="half an answer"),
        pytest.param(Reply(b"", status=302, headers={"Location": "/login"}), id="sends us away"),
    ],
)
def test_nobody_knows_whether_a_report_was_taken(server: FeedsServer, client: Open311Client, reply: Reply) -> None:
    for form in ("json", "xml"):
        server.put(f"/v2/requests.{form}", reply)
    with pytest.raises(OutcomeUnknownError):
        client.post(REPORT, key="k")


def test_a_server_that_is_not_there_has_taken_nothing() -> None:
    with Open311Client("http://127.0.0.1:1/v2", CLOCK, settings=QUICK) as client:
        with pytest.raises(FeedUnavailableError) as failed:
            client.post(REPORT, key="k")
        assert not isinstance(failed.value, OutcomeUnknownError)


def test_a_refusal_has_its_reasons_apart_and_no_key(server: FeedsServer, client: Open311Client) -> None:
    said = "Invalid email jan@example.org"
    server.put("/v2/requests.json", Reply.json([{"code": 400, "description": said}], status=400))
    xml = f"<errors><error><code>400</code><description>{said}</description></error></errors>"
    server.put("/v2/requests.xml", Reply(xml.encode(), status=400))
    with pytest.raises(ReportRefusedError) as refused:
        client.post(REPORT, key="k")
    assert (refused.value.status, refused.value.descriptions) == (400, (said,))
    assert "jan@" not in str(refused.value)
    assert "secret-key" not in str(refused.value)


def test_discovery_gives_the_endpoints_of_this_standard(server: FeedsServer) -> None:
    endpoints = [
        {"specification": "http://wiki.open311.org/GeoReport_v2", "url": "https://a.example/v2/", "type": "production",
         "formats": ["text/xml", "application/json"]},
        {"specification": "http://wiki.open311.org/Inquiry_v1", "url": "https://b.example", "formats": []},
        {"specification": "http://wiki.open311.org/GeoReport_v2", "url": None},
    ]  # fmt: skip
    server.put("/discovery.json", Reply.json({"endpoints": endpoints}))
    (endpoint,) = discover(server.url("/discovery.json"), CLOCK)
    assert (endpoint.url, endpoint.type, endpoint.formats) == ("https://a.example/v2", "production", ("xml", "json"))
    xml = b"<discovery><endpoints><endpoint><url>https://c.example/v2</url><formats><format>text/xml</format></formats></endpoint></endpoints></discovery>"
    server.put("/d.xml", Reply(xml))
    (endpoint,) = discover(server.url("/d.xml"), CLOCK)
    assert (endpoint.url, endpoint.formats) == ("https://c.example/v2", ("xml",))
    server.put("/none.json", Reply.json({}))
    with pytest.raises(UnexpectedContentError):
        discover(server.url("/none.json"), CLOCK)
