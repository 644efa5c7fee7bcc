"""Disturbances of a followed line: told once when they begin, change and are over, with one question a line."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import text

from tests.integration.gateway.notifications.conftest import disturbance, follow, told
from tests.integration.gateway.rasa import message
from tests.integration.gateway.talking import Resident

PATH = "/v1/transport/messages"


@pytest.fixture
async def follower(resident, rasa, app) -> Resident:
    await follow(resident, rasa, "line", "71")
    await app.state.following.look("line")
    return resident


async def look(app, clock, **time: float) -> int:
    clock.forward(**(time or {"minutes": 1}))
    count: int = await app.state.following.look("line")
    return count


async def test_what_holds_when_the_line_is_first_followed_was_read_already(app, resident, rasa, city, clock):
    city.messages = [disturbance("a", "Travaux")]
    await follow(resident, rasa, "line", "71")
    assert await app.state.following.look("line") == 0
    assert await look(app, clock) == 0


async def test_a_disturbance_is_told_once_with_its_source_and_a_way_to_stop(app, follower, city, clock):
    city.messages = [disturbance("a", "Trams déviés")]
    assert await look(app, clock) == 1
    assert await told(follower) == ["Perturbation sur la ligne 71 :\nTrams déviés"]
    last = (await follower.kept())["messages"][-1]
    assert last["source"]["name"] == "Feed"
    assert [choice["label"] for choice in last["choices"]] == ["Ne plus suivre la ligne 71"]
    assert [await look(app, clock) for _ in range(3)] == [0, 0, 0]


async def test_a_text_that_changes_is_told_and_an_end_that_moves_is_not(app, follower, city, clock):
    city.messages = [disturbance("a", "Trams déviés")]
    await look(app, clock)
    city.messages = [disturbance("a", "Trams déviés", until="2026-11-24T20:00:00+01:00")]
    assert await look(app, clock) == 0
    city.messages = [disturbance("a", "Trams supprimés")]
    assert await look(app, clock) == 1
    assert (await told(follower))[-1].endswith("la ligne 71 :\nTrams supprimés")
    assert (await told(follower))[-1].startswith("Du changement")


async def test_the_same_text_under_another_id_is_no_news(app, follower, city, clock):
    city.messages = [disturbance("a", "Trams déviés")]
    await look(app, clock)
    city.messages = [disturbance("b", "Trams  déviés")]
    assert await look(app, clock) == 0


async def test_a_message_that_a_feed_drops_for_a_moment_is_neither_over_nor_new(app, follower, city, clock):
    city.messages = [disturbance("a", "Trams déviés")]
    await look(app, clock)
    city.messages = []
    assert await look(app, clock, minutes=5) == 0
    city.messages = [disturbance("a", "Trams déviés")]
    assert await look(app, clock, minutes=5) == 0
    city.messages = []
    assert [await look(app, clock, minutes=minutes) for minutes in (1, 9, 1, 30)] == [0, 0, 1, 0]
    assert (await told(follower))[-1] == "Ligne 71 : il n'y a plus de perturbation annoncée."


async def test_while_real_time_is_stale_nothing_is_said_to_be_over(app, follower, city, clock):
    city.messages = [disturbance("a", "Trams déviés")]
    await look(app, clock)
    city.messages, city.realtime_status = [], "stale"
    assert [await look(app, clock, minutes=20) for _ in range(3)] == [0, 0, 0]
    city.realtime_status = "live"
    assert await look(app, clock) == 1


async def test_remarks_and_lifts_are_no_disturbance(app, follower, city, clock):
    city.messages = [
        disturbance("a", "Bonne semaine", importance=9),
        disturbance("b", "Ascenseur en panne", effect="accessibility_issue"),
    ]
    assert await look(app, clock) == 0


async def test_many_followers_cost_one_question(app, client, rasa, city, clock):
    residents = [await Resident.opening(client, language) for language in ("fr", "nl", None)]
    for each in residents:
        await follow(each, rasa, "line", "71")
        await client.patch(each.path, json={"language": "fr"}, headers=each.headers)
        clock.forward(seconds=13)  # they do not begin at the same moment
        await app.state.following.look("line")
    await look(app, clock)
    before, city.messages = city.count(PATH), [disturbance("a", "Trams déviés")]
    assert await look(app, clock) == 3
    assert city.count(PATH) == before + 1


async def test_the_language_is_that_of_the_conversation_now(app, follower, city, clock):
    city.messages = [disturbance("a", "Déviation")]
    await follower.client.patch(follower.path, json={"language": "nl"}, headers=follower.headers)
    await look(app, clock)
    assert (await told(follower))[-1] == "Storing op lijn 71:\nDéviation (nl)"


async def test_quiet_hours_hold_news_back_and_it_is_said_as_things_stand_in_the_morning(app, follower, city, clock):
    clock.at = clock.at.replace(hour=22, minute=5)
    city.messages = [disturbance("a", "Accident"), disturbance("b", "Travaux")]
    assert await look(app, clock) == 0
    city.messages = [disturbance("b", "Travaux")]
    clock.at = clock.at.replace(day=25, hour=6, minute=58)
    assert await look(app, clock) == 0
    assert await look(app, clock) == 1
    assert await told(follower) == ["Perturbation sur la ligne 71 :\nTravaux"]


async def test_without_quiet_hours_it_is_said_at_night(app, follower, rasa, city, clock):
    task = {"do": "be_quiet", "start": None, "end": None}
    rasa.answers["jour et nuit"] = {"messages": [message("Bien.", tasks=[task])], "language": "fr"}
    await follower.say("jour et nuit")
    assert (await follower.kept())["subscriptions"][0]["quiet"] is None
    clock.at = clock.at.replace(hour=23)
    city.messages = [disturbance("a", "Accident")]
    assert await look(app, clock) == 1


async def test_while_the_city_is_down_nothing_is_lost(app, follower, city, clock):
    city.status, city.messages = 503, [disturbance("a", "Trams déviés")]
    assert await look(app, clock) == 0
    city.status = 200
    assert await app.state.following.look("line") == 1


async def test_a_line_that_is_not_known_is_asked_about_seldom(app, resident, rasa, city, clock):
    await follow(resident, rasa, "line", "999")
    for _ in range(3):
        await look(app, clock)
    assert city.count(PATH) == 1


async def test_a_line_is_followed_once(follower, rasa):
    await follow(follower, rasa, "line", "71")
    assert len((await follower.kept())["subscriptions"]) == 1


async def test_one_that_cannot_be_read_stops_nobody_else(app, follower, rasa, city, clock):
    other = await Resident.opening(follower.client)
    await follow(other, rasa, "line", "71")
    await look(app, clock)
    broken = (await follower.kept())["subscriptions"][0]["id"]
    await app.state.database.write(
        lambda connection: connection.execute(
            text("UPDATE subscriptions SET seen = '{}' WHERE id = :id"), {"id": broken}
        )
    )
    city.messages = [disturbance("a", "Trams déviés")]
    assert await look(app, clock) == 1
    assert len(await told(other)) == 1
    value = app.state.metrics.registry.get_sample_value
    assert value("bxl_gateway_unasked_held_total", {"kind": "line", "why": "failed"}) == 1


async def test_a_line_is_followed_to_the_end_of_its_last_day_and_then_forgotten(app, resident, rasa, city, clock):
    await follow(resident, rasa, "line", "71", last_day="2026-11-25")
    (kept,) = (await resident.kept())["subscriptions"]
    assert kept["last_day"] == "2026-11-25"
    assert kept["text"].startswith("perturbations de la ligne 71, jusqu'au 25/11 inclus")
    await app.state.following.look("line")
    clock.at = datetime.fromisoformat("2026-11-25T21:50:00+01:00")
    city.messages = [disturbance("a", "Trams déviés")]
    assert await look(app, clock) == 1
    clock.at = datetime.fromisoformat("2026-11-26T07:30:00+01:00")
    city.messages = [disturbance("b", "Trams supprimés")]
    assert await look(app, clock) == 0
    assert len(await told(resident)) == 1
    assert (await resident.kept())["subscriptions"] == []


async def test_the_last_day_of_a_followed_line_may_change(app, resident, rasa):
    for more in ({}, {"last_day": "2026-11-25"}, {}):
        await follow(resident, rasa, "line", "71", **more)
        (kept,) = (await resident.kept())["subscriptions"]
        assert kept["last_day"] == more.get("last_day")
    assert rasa.received[-1]["metadata"]["kept"]["subscriptions"][0]["last_day"] == "2026-11-25"
