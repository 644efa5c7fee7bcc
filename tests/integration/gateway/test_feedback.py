"""Whether an answer helped: kept with the message, replaced when said again, gone with the conversation."""

from __future__ import annotations

import pytest

from tests.integration.gateway.talking import Resident

OUTSIDE = "203.0.113.7"


async def _give(resident, message_id, value="up"):
    path = f"{resident.path}/messages/{message_id}/feedback"
    return await resident.client.post(path, json={"value": value}, headers=resident.headers)


async def test_an_opinion_is_kept_with_its_message(resident):
    answer = (await resident.say("bonjour"))["messages"][0]
    assert answer["feedback"] is None
    given = await _give(resident, answer["id"])
    assert (given.status_code, given.content) == (204, b"")
    opinions = {message["id"]: message["feedback"] for message in (await resident.kept())["messages"]}
    assert opinions.pop(answer["id"]) == "up"
    assert set(opinions.values()) == {None}


async def test_an_opinion_may_be_changed_and_each_change_is_counted_once(resident):
    answer = (await resident.say("bonjour"))["messages"][0]
    for value in ("up", "up", "down"):
        assert (await _give(resident, answer["id"], value)).status_code == 204
    kept = (await resident.kept())["messages"]
    assert [message["feedback"] for message in kept if message["id"] == answer["id"]] == ["down"]
    metrics = (await resident.client.get("/metrics")).text
    assert 'bxl_gateway_feedback_total{value="up"} 1.0' in metrics
    assert 'bxl_gateway_feedback_total{value="down"} 1.0' in metrics


async def test_one_s_own_words_and_what_does_not_exist_have_no_opinion(resident):
    await resident.say("bonjour")
    own = next(message for message in (await resident.kept())["messages"] if message["author"] == "resident")
    for message_id in (own["id"], "nothing"):
        refused = await _give(resident, message_id)
        assert (refused.status_code, refused.json()["code"]) == (404, "message_not_found")


async def test_an_answer_of_another_conversation_is_not_found(resident, client):
    answer = (await resident.say("bonjour"))["messages"][0]
    other = await Resident.opening(client)
    assert (await _give(other, answer["id"])).status_code == 404
    assert (await resident.kept())["messages"][-1]["feedback"] is None


async def test_without_the_token_nothing_is_kept(resident):
    answer = (await resident.say("bonjour"))["messages"][0]
    path = f"{resident.path}/messages/{answer['id']}/feedback"
    refused = await resident.client.post(path, json={"value": "up"}, headers={"Authorization": "Bearer wrong"})
    assert refused.status_code == 401


@pytest.mark.parametrize("value", ["", "great", None, 1])
async def test_anything_else_than_up_and_down_is_refused(resident, value):
    answer = (await resident.say("bonjour"))["messages"][0]
    assert (await _give(resident, answer["id"], value)).status_code == 422


async def test_opinions_without_end_are_refused(make_app, make_client):
    resident = await Resident.opening(make_client(make_app(opinions_per_minute=1, opinions_burst=2), OUTSIDE))
    answer = (await resident.say("bonjour"))["messages"][0]
    assert [(await _give(resident, answer["id"])).status_code for _ in range(3)] == [204, 204, 429]


async def test_maps_are_offered_where_there_are_tiles_and_only_they_may_be_loaded(make_app, make_client):
    without = make_client(make_app())
    assert (await without.get("/api/v1/widget")).json() == {"map": None}
    assert "img-src 'self' data:;" in (await without.get("/api/v1/widget")).headers["content-security-policy"]
    tiles = "https://{s}.tiles.example/{z}/{x}/{y}.png"
    client = make_client(make_app(map_tiles=tiles, map_attribution="© Example"))
    answer = await client.get("/api/v1/widget")
    assert answer.json()["map"] == {"tiles": tiles, "attribution": "© Example", "attribution_url": None}
    assert "img-src 'self' data: https://*.tiles.example;" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("tiles", ["ftp://x/{z}", "https://tiles.example/map.png", "https://a; script-src *//{z}"])
def test_an_address_that_is_none_of_tiles_is_refused_at_the_start(make_app, tiles):
    with pytest.raises(ValueError, match="map_tiles"):
        make_app(map_tiles=tiles)
