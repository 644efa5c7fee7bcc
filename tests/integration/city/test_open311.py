"""GeoReport v2 over HTTP: what the standard says of names, nesting, dates, spans and errors, in XML and in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import httpx
import pytest
from defusedxml.ElementTree import fromstring
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import func, select

from services.city.models import RequestContact, ServiceRequest
from tests.integration.city.conftest import NOW, Client, SettableClock
from tests.integration.city.requesting import LAMP, MISSED, made, moved, taking_requests, uploaded

KEY = "an-api-key-for-tests"
POSTED = {"api_key": KEY, "service_code": "street_light", "lat": "50.8275", "long": "4.3720", "description": "Éteint"}


@pytest.fixture
def app(tmp_path: Path, clock: SettableClock) -> Iterator[FastAPI]:
    app = taking_requests(
        tmp_path, clock, open311_api_keys=[SecretStr(KEY)], public_url="https://city.example", open311_contact="Ask us."
    )
    yield app
    app.state.engine.dispose()


def xml(answer: httpx.Response) -> Element:
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    assert answer.text.startswith('<?xml version="1.0" encoding="UTF-8"?>')
    root: Element = fromstring(answer.content)
    return root


def json(answer: httpx.Response) -> Any:
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    return answer.json()


def tags(element: Element) -> list[str]:
    return [child.tag for child in element]


def post(client: Client, form: str = "json", **fields: str) -> httpx.Response:
    content = urlencode({**POSTED, **fields})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return client.post(f"/open311/v2/requests.{form}", content=content, headers=headers)


def posted(client: Client, **fields: str) -> str:
    answer = post(client, **fields)
    assert answer.status_code == 200, answer.text
    return str(answer.json()[0]["service_request_id"])


def test_discovery_says_where_and_how(client: Client) -> None:
    document = json(client.get("/open311/v2/discovery.json"))
    assert list(document) == ["changeset", "contact", "key_service", "endpoints"]
    (endpoint,) = document["endpoints"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["url"] == "https://city.example/open311/v2"
    assert (endpoint["type"], endpoint["formats"]) == ("test", ["text/xml", "application/json"])
    root = xml(client.get("/open311/discovery.xml"))
    assert (root.tag, tags(root)) == ("discovery", list(document))
    assert [each.text for each in root.iterfind("endpoints/endpoint/formats/format")] == endpoint["formats"]


def test_services_in_xml_and_json(client: Client) -> None:
    root = xml(client.get("/open311/v2/services.xml"))
    listed = json(client.get("/open311/v2/services.json"))
    assert root.tag == "services"
    assert {child.tag for child in root} == {"service"}
    names = ["service_code", "service_name", "description", "metadata", "type", "keywords", "group"]
    assert tags(root[0]) == list(listed[0]) == names
    assert root[0].findtext("metadata") == "true"
    assert listed[0]["metadata"] is True
    assert root.findtext("service[service_code='traffic_light']/metadata") == "false"
    assert {each.findtext("type") for each in root} == {"realtime", "batch"}
    assert len(root) == len(listed) == 26


@pytest.mark.parametrize(
    ("accepted", "name"),
    [
        ("fr-BE,en;q=0.5", "Éclairage public en panne"),
        ("nl", "Kapotte straatverlichting"),
        ("en-GB", "Street light not working"),
    ],
)
def test_texts_are_in_the_language_that_is_accepted(client: Client, accepted: str, name: str) -> None:
    root = xml(client.get("/open311/v2/services.xml", headers={"Accept-Language": accepted}))
    assert root.findtext("service/service_name") == name


def test_a_definition_has_questions_and_values(client: Client) -> None:
    root = xml(client.get("/open311/v2/services/missed_collection.xml"))
    document = json(client.get("/open311/v2/services/missed_collection.json"))
    assert (root.tag, tags(root)) == ("service_definition", ["service_code", "attributes"])
    attribute = root.find("attributes/attribute")
    assert attribute is not None
    names = ["variable", "code", "datatype", "required", "datatype_description", "order", "description", "values"]
    assert tags(attribute) == list(document["attributes"][0]) == names
    assert [attribute.findtext(name) for name in ("variable", "required", "order")] == ["true", "true", "1"]
    assert attribute.findtext("values/value/key") == "white"
    assert attribute.findtext("values/value/name") == "Le sac blanc"
    assert document["attributes"][1]["values"] == []


def test_a_request_is_posted_and_read_back(client: Client) -> None:
    root = xml(post(client, "xml", address_string="Coin Flagey", email="jan@example.org"))
    assert (root.tag, tags(root)) == ("service_requests", ["request"])
    assert tags(root[0]) == ["service_request_id", "service_notice", "account_id"]
    reference = root.findtext("request/service_request_id")
    assert reference == "BXL-2026-00001"
    (read,) = json(client.get(f"/open311/v2/requests/{reference}.json"))
    assert list(read) == [
        "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
        "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime",
        "address", "address_id", "zipcode", "lat", "long", "media_url",
    ]  # fmt: skip
    assert (read["status"], read["description"], read["address"]) == ("open", "Éteint", "Coin Flagey")
    assert (read["lat"], read["long"], read["address_id"], read["zipcode"]) == (50.8275, 4.3720, "address:4:18", "1050")
    assert read["requested_datetime"] == "2026-11-23T08:15:00+01:00"
    assert "jan@example.org" not in str(read)
    in_xml = xml(client.get(f"/open311/v2/requests/{reference}.xml"))
    assert tags(in_xml[0]) == list(read)
    assert in_xml.findtext("request/description") == "Éteint"


def test_a_batch_service_answers_with_a_token(client: Client) -> None:
    (receipt,) = json(post(client, service_code="idea"))
    assert "service_request_id" not in receipt
    (found,) = json(client.get(f"/open311/v2/tokens/{receipt['token']}.json"))
    assert found == {"service_request_id": "BXL-2026-00001", "token": receipt["token"]}
    root = xml(client.get(f"/open311/v2/tokens/{receipt['token']}.xml"))
    assert tags(root[0]) == ["service_request_id", "token"]
    unknown = client.get("/open311/v2/tokens/nothing.json")
    assert (unknown.status_code, json(unknown)) == (404, [{"code": 404, "description": "token was not found."}])


def test_attributes_contact_and_place_are_taken(app: FastAPI, client: Client) -> None:
    form = [
        ("api_key", KEY), ("service_code", "illegal_dumping"), ("address_id", "address:4:18"),
        ("attribute[kind][]", "bags"), ("attribute[kind][]", "tyres"), ("first_name", "Jan"), ("last_name", "Peeters"),
        ("phone", "02 123 45 67"), ("account_id", "77"),
    ]  # fmt: skip
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    assert client.post("/open311/v2/requests.json", content=urlencode(form), headers=headers).status_code == 200
    with app.state.sessions() as session:
        request, contact = session.scalars(select(ServiceRequest)).one(), session.scalars(select(RequestContact)).one()
    assert (request.attributes, request.place_id, request.origin) == (
        {"kind": ["bags", "tyres"]},
        "address:4:18",
        "open311",
    )
    assert (contact.name, contact.phone, contact.handle) == ("Jan Peeters", "02 123 45 67", "open311:77")


@pytest.mark.parametrize("address", ["Place Eugène Flagey 18", "eugene flageyplein 18, elsene"])
def test_an_address_is_found_by_its_name(client: Client, address: str) -> None:
    reference = posted(client, lat="", long="", address_string=address)
    (read,) = json(client.get(f"/open311/v2/requests/{reference}.json"))
    assert (read["address_id"], read["address"]) == ("address:4:18", address)


def test_a_key_makes_a_retry_safe(client: Client) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Idempotency-Key": "sent-00001"}
    ids = {client.post("/open311/v2/requests.json", content=urlencode(POSTED), headers=headers).text for _ in range(2)}
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        pytest.param({"api_key": ""}, 403, "api_key was not provided.", id="no key"),
        pytest.param({"api_key": "wrong"}, 403, "Invalid api_key received.", id="a wrong key"),
        pytest.param({"jurisdiction_id": "paris"}, 404, "jurisdiction_id", id="another jurisdiction"),
        pytest.param({"service_code": ""}, 400, "service_code was not provided.", id="no service"),
        pytest.param({"service_code": "lamps"}, 404, "no service 'lamps'", id="an unknown service"),
        pytest.param({"lat": ""}, 400, "lat and long", id="half a point"),
        pytest.param({"lat": "", "long": ""}, 400, "needs a place", id="nowhere"),
        pytest.param({"lat": "north"}, 400, "point.lat", id="no number"),
        pytest.param({"lat": "nan"}, 400, "point.lat", id="nan"),
        pytest.param({"lat": "0.0", "long": "0.0"}, 400, "outside the Brussels", id="off Africa"),
        pytest.param({"lat": "", "long": "", "address_id": "address:4:99"}, 404, "no number", id="no such house"),
        pytest.param({"lat": "", "long": "", "address_string": "Rue Haute 5"}, 400, "address_id", id="two streets"),
        pytest.param({"lat": "", "long": "", "address_string": "???"}, 400, "no one place", id="no address"),
        pytest.param({"description": "\0"}, 400, "control characters", id="NUL"),
        pytest.param({"address_string": "Flagey\0"}, 400, "control characters", id="NUL in an address"),
        pytest.param({"address_string": "x" * 301}, 400, "address_string", id="a long address"),
        pytest.param({"address_id": "stop:\0"}, 400, "control characters", id="NUL in an id"),
        pytest.param({"media_url": "https://a\0b"}, 400, "media_url", id="NUL in an address of a picture"),
        pytest.param({"description": "x" * 4001}, 400, "description", id="too long"),
        pytest.param({"attribute[colour]": "red"}, 400, "no attribute", id="an unknown attribute"),
        pytest.param({"attribute[fault]": "x"}, 400, "one of its values", id="an unknown value"),
        pytest.param({"email": "nobody"}, 400, "contact.email", id="no e-mail address"),
        pytest.param({"media_url": "file:///etc/passwd"}, 400, "media_url", id="no address of a picture"),
    ],
)
@pytest.mark.parametrize("form", ["xml", "json"])
def test_what_is_wrong_is_said_as_the_standard_says(  # noqa: PLR0917 - a table of cases in two formats
    app: FastAPI, client: Client, fields: dict[str, str], status: int, said: str, form: str
) -> None:
    answer = post(client, form, **fields)
    assert answer.status_code == status
    if form == "xml":
        root = xml(answer)
        assert (root.tag, tags(root), tags(root[0])) == ("errors", ["error"], ["code", "description"])
        code, description = root.findtext("error/code"), root.findtext("error/description")
    else:
        (error,) = json(answer)
        code, description = str(error["code"]), error["description"]
    assert code == str(status)
    assert said in str(description)
    with app.state.sessions() as session:
        assert session.scalar(select(func.count()).select_from(ServiceRequest)) == 0


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        pytest.param(b"{}", "application/json", id="JSON"),
        pytest.param(b"service_code=%ff%fe&api_key=x", None, id="not UTF-8"),
        pytest.param(b"\xff\xfe", None, id="not ASCII"),
        pytest.param(b"&".join(b"a%d=1" % each for each in range(300)), None, id="too many fields"),
        pytest.param(b"service_code=a&service_code=b&lat=1&api_key=" + KEY.encode(), None, id="a field twice"),
    ],
)
def test_a_form_that_cannot_be_read_is_400(client: Client, content: bytes, media_type: str | None) -> None:
    headers = {"Content-Type": media_type or "application/x-www-form-urlencoded"}
    answer = client.post("/open311/v2/requests.json", content=content, headers=headers)
    assert answer.status_code == 400
    assert json(answer)[0]["code"] == 400


def test_a_form_that_is_too_long_is_not_read_to_its_end(client: Client) -> None:
    assert post(client, description="x" * 300_000).status_code == 413


def listed(client: Client, **parameters: str) -> list[str]:
    return [each["service_request_id"] for each in json(client.get("/open311/v2/requests.json", parameters))]


def test_requests_are_searched_by_time_service_and_status(client: Client, clock: SettableClock) -> None:
    clock.at = NOW - timedelta(days=100)
    old = posted(client)
    clock.at = NOW - timedelta(days=10)
    graffiti = posted(client, service_code="graffiti")
    closed = posted(client)
    moved(client, closed, "done", fr="Réparé.")
    clock.at = NOW
    new = posted(client)
    assert listed(client) == [new, closed, graffiti]
    assert listed(client, service_code="graffiti,pavement") == [graffiti]
    assert listed(client, status="closed") == [closed]
    assert listed(client, status="open") == [new, graffiti]
    assert listed(client, status="open,closed") == [new, closed, graffiti]
    assert listed(client, start_date="2026-11-20T00:00:00+01:00") == [new]
    assert listed(client, start_date="2026-11-20") == [new]
    assert listed(client, end_date="2026-09-01T00:00:00Z") == [old]
    assert listed(client, start_date="2026-08-01T00:00:00Z", end_date="2026-09-01T00:00:00Z") == [old]
    assert listed(client, service_request_id=f"{old},{new}", status="closed") == [old, new]
    assert listed(client, page="2", page_size="2") == [graffiti]
    (read,) = json(client.get("/open311/v2/requests.json", {"status": "closed"}))
    assert (read["status"], read["status_notes"]) == ("closed", "Réparé.")


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        pytest.param({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}, 400, id="too long"),
        pytest.param({"start_date": "2026-06-01", "end_date": "2026-01-01"}, 400, id="backwards"),
        pytest.param({"start_date": "yesterday"}, 400, id="no date"),
        pytest.param({"start_date": "9999-12-31"}, 400, id="the end of time"),
        pytest.param({"end_date": "0001-01-01"}, 400, id="the beginning of time"),
        pytest.param({"status": "done"}, 400, id="no status"),
        pytest.param({"service_code": "lamps"}, 404, id="no service"),
        pytest.param({"page": "0"}, 400, id="page nought"),
        pytest.param({"page_size": "1001"}, 400, id="too many"),
        pytest.param({"page": "9" * 400}, 400, id="a huge page"),
        pytest.param({"jurisdiction_id": "paris"}, 404, id="another jurisdiction"),
        pytest.param({"service_request_id": "nothing"}, 404, id="no request"),
    ],
)
def test_a_search_that_makes_no_sense_is_refused(client: Client, parameters: dict[str, str], status: int) -> None:
    answer = client.get("/open311/v2/requests.xml", parameters)
    assert answer.status_code == status
    assert xml(answer).findtext("error/code") == str(status)


@pytest.mark.parametrize("path", ["services/lamps", "requests/BXL-2026-99999", "requests/%00", "tokens/x"])
def test_what_is_not_there_is_404(client: Client, path: str) -> None:
    assert xml(client.get(f"/open311/v2/{path}.xml")).findtext("error/code") == "404"


def test_private_matters_are_not_listed_and_show_no_place(client: Client) -> None:
    reference = made(client, {**MISSED, "photos": [uploaded(client)]})["reference"]
    assert listed(client) == []
    (read,) = json(client.get(f"/open311/v2/requests/{reference}.json"))
    hidden = [read[name] for name in ("description", "address", "address_id", "zipcode", "lat", "long", "media_url")]
    assert hidden == [None] * 7
    root = xml(client.get(f"/open311/v2/requests/{reference}.xml"))
    assert (root.findtext("request/lat"), root.findtext("request/status")) == ("", "open")


def test_a_photo_has_an_address_that_the_world_reaches(client: Client) -> None:
    photo = uploaded(client)
    made(client, {**LAMP, "photos": [photo]})
    (read,) = json(client.get("/open311/v2/requests.json"))
    assert read["media_url"] == f"https://city.example/v1/requests/photos/{photo}"


def test_characters_that_xml_cannot_hold_do_not_break_it(client: Client) -> None:
    reference = posted(client, description="<b>&amp;\u2028\ufffe\ufdd0 \U0001f600 ]]>")
    assert xml(client.get(f"/open311/v2/requests/{reference}.xml")).findtext("request/description")


def test_dates_have_their_zone_in_summer_and_winter(client: Client, clock: SettableClock) -> None:
    clock.at = datetime.fromisoformat("2026-07-01T12:00:00+02:00")
    reference = posted(client)
    (read,) = json(client.get(f"/open311/v2/requests/{reference}.json"))
    assert read["requested_datetime"] == "2026-07-01T12:00:00+02:00"
