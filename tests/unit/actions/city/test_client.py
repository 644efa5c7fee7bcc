"""The client of the façade: what it asks for, and what it makes of the answers."""

from datetime import date, datetime

import httpx
import pytest

from actions.city.client import HttpCity
from actions.city.errors import CityProblemError, CityUnavailableError
from kit.clock import BRUSSELS


@pytest.fixture
def city(client):
    return HttpCity(client, budget_s=1.0)


async def test_a_search_asks_for_kinds_and_cuts_what_was_pasted(city, facade):
    found = await city.search("  rue   Blaes ", ("street", "address"), limit=3)
    assert found[0].id == "street:1"
    assert facade.asked("/v1/places/search") == [{"q": "rue Blaes", "kinds": "street,address", "limit": "3"}]
    await city.search("x" * 5000, ("stop",))
    assert len(facade.asked("/v1/places/search")[1]["q"]) == 120


async def test_an_empty_search_asks_nobody(city, facade):
    assert await city.search("  ", ("stop",)) == []
    assert facade.requests == []


async def test_departures_carry_line_direction_and_time(city, facade):
    at = datetime(2026, 11, 24, 15, 0, tzinfo=BRUSSELS)
    board = await city.departures("stop:flagey", line="81", towards="Montgomery", at=at, limit=2)
    assert [each.minutes for each in board.items] == [3, 13]
    assert facade.asked("/v1/transport/stops/stop:flagey/departures") == [
        {"line": "81", "towards": "Montgomery", "at": "2026-11-24T15:00:00+01:00", "limit": "2"}
    ]


async def test_collections_know_when_to_put_out(city):
    found = await city.collections("street:2", start=date(2026, 11, 24), days=7)
    assert found.items[0].put_out.date == date(2026, 11, 24)
    assert found.items[0].put_out.opens.hour == 18
    assert found.place.name.nl == "Wetstraat"


@pytest.mark.parametrize(
    ("place", "code"),
    [("street:1", "house_number_needed"), ("street:21", "no_rounds_for_place"), ("street:999", "place_not_found")],
)
async def test_a_problem_is_its_code(city, place, code):
    with pytest.raises(CityProblemError) as raised:
        await city.collections(place, start=date(2026, 11, 24), days=7)
    assert raised.value.code == code


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500, json={"code": "internal_error"}),
        httpx.Response(404, text="<html>"),
        httpx.Response(404, json={"detail": "no code"}),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"id": 3}),
    ],
    ids=["500", "html", "no-code", "list", "other-shape"],
)
async def test_an_answer_that_makes_no_sense_is_no_answer(answer):
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _: answer), base_url="http://city") as client:
        with pytest.raises(CityUnavailableError):
            await HttpCity(client).place("street:1")


async def test_ids_cannot_leave_their_place_in_the_path(city, facade):
    with pytest.raises(CityProblemError):
        await city.place("../../v1/contacts")
    assert facade.requests[0].url.raw_path == b"/v1/places/..%2F..%2Fv1%2Fcontacts"
