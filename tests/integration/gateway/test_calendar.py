"""The collection calendar at the gateway's address: passed on from the façade, refused in plain words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response

from tests.integration.gateway.serving import serving

PATH = "/calendar/collections.ics"
FILE = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
TAG = '"abc"'
DATE = "Tue, 24 Nov 2026 05:00:00 GMT"


class FakeCity:
    """A façade that knows one address."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.app = FastAPI()
        self.app.add_api_route("/v1/waste/collections.ics", self.calendar)
        self.app.add_api_route("/v1/permits/appointments/{reference}/calendar.ics", self.appointment)

    async def calendar(self, request: Request) -> Response:
        given = request.query_params
        self.asked.append({key: given.getlist(key) for key in given})
        if given["place"] == "street:500":
            return Response(status_code=500)
        if given["place"] != "address:1:20":
            return Response('{"code": "place_not_found"}', status_code=404, media_type="application/problem+json")
        headers = {"ETag": TAG, "Cache-Control": "private, max-age=3600", "X-Inner": "secret"}
        headers["Last-Modified"] = DATE
        if request.headers.get("if-none-match") == TAG or request.headers.get("if-modified-since") == DATE:
            return Response(status_code=304, headers=headers)
        headers["Content-Disposition"] = 'attachment; filename="collections.ics"'
        return Response(FILE, media_type="text/calendar", headers=headers)

    async def appointment(self, request: Request, reference: str) -> Response:
        if reference != "RDV-2026-7K3M9QXD" or request.headers.get("appointment-key") != "right_key-1":
            return Response('{"code": "wrong_key"}', status_code=403, media_type="application/problem+json")
        headers = {"Content-Disposition": f'attachment; filename="{reference}.ics"'}
        return Response(FILE, media_type="text/calendar", headers=headers)


@pytest.fixture
async def city() -> FakeCity:
    return FakeCity()


@pytest.fixture
async def city_url(city: FakeCity) -> AsyncIterator[str]:
    async with serving(city.app) as url:
        yield url


@pytest.fixture
def calendars(make_app, make_client, city_url):
    return make_client(make_app(city_url=city_url))


async def test_the_file_is_passed_on_with_what_a_calendar_application_needs(calendars, city):
    given = {
        "place": "address:1:20",
        "lang": "nl",
        "fraction": ["white", "blue"],
        "alarm": 30,
        "alarm_at": "20:00",
        "download": True,
    }
    answer = await calendars.get(PATH, params=given)
    assert (answer.status_code, answer.content) == (200, FILE)
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.headers["etag"] == TAG
    assert answer.headers["last-modified"] == DATE
    assert answer.headers["cache-control"] == "private, max-age=3600"
    assert answer.headers["content-disposition"] == 'attachment; filename="collections.ics"'
    assert "x-inner" not in answer.headers
    assert city.asked == [
        {
            "place": ["address:1:20"],
            "lang": ["nl"],
            "fraction": ["white", "blue"],
            "alarm": ["30"],
            "alarm_at": ["20:00"],
            "download": ["true"],
        }
    ]


@pytest.mark.parametrize("known", [{"If-None-Match": TAG}, {"If-Modified-Since": DATE}], ids=["tag", "date"])
async def test_a_file_that_is_known_is_not_sent_again(calendars, known):
    answer = await calendars.get(PATH, params={"place": "address:1:20"}, headers=known)
    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({"place": "street:2"}, 404, "calendar_not_found"),
        ({"place": "street:500"}, 503, "city_unavailable"),
        ({}, 422, "invalid_request"),
        ({"place": "address:1:20", "lang": "de"}, 422, "invalid_request"),
    ],
)
async def test_what_cannot_be_is_a_problem(calendars, given, status, code):
    answer = await calendars.get(PATH, params=given)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_facade_that_is_away_is_said_in_the_language_of_the_link(make_app, make_client):
    answer = await make_client(make_app()).get(PATH, params={"place": "address:1:20", "lang": "nl"})
    assert (answer.status_code, answer.json()["code"]) == (503, "city_unavailable")
    assert answer.json()["detail"].startswith("De kalender kan ik nu niet lezen")


async def test_one_address_cannot_ask_without_end(make_app, make_client, city_url):
    app = make_app(city_url=city_url, calendars_per_minute=1, calendars_burst=2)
    client = make_client(app, "203.0.113.7")
    answers = [await client.get(PATH, params={"place": "address:1:20"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]


async def test_an_appointment_is_a_file_to_whom_has_its_key(calendars):
    answer = await calendars.get("/calendar/appointments/RDV-2026-7K3M9QXD.ics", params={"key": "right_key-1"})
    assert (answer.status_code, answer.content) == (200, FILE)
    assert answer.headers["content-disposition"] == 'attachment; filename="RDV-2026-7K3M9QXD.ics"'


@pytest.mark.parametrize(
    ("reference", "key", "status", "code"),
    [
        ("RDV-2026-7K3M9QXD", "wrong", 404, "appointment_not_found"),
        ("RDV-2026-AAAAAAAA", "right_key-1", 404, "appointment_not_found"),
        ("RDV-2026-7K3M9QXD", "é\n", 422, "invalid_request"),
        ("..%2f..%2fx", "right_key-1", 404, "not_found"),
    ],
    ids=["wrong key", "another appointment", "no key at all", "another path"],
)
async def test_an_appointment_is_nobody_elses(calendars, reference, key, status, code):
    answer = await calendars.get(f"/calendar/appointments/{reference}.ics", params={"key": key})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
