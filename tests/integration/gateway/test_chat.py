"""A conversation through the chat API, with a Rasa server behind it."""

from __future__ import annotations

import asyncio
import json

import pytest

from tests.integration.gateway.rasa import message
from tests.integration.gateway.talking import Resident, texts

CHOICES = [{"label": "Rue Blaes", "payload": '/inform{"address": "street:7"}'}, {"label": "Non", "payload": "/deny"}]
SOURCE = {
    "name": "Bruxelles-Propreté",
    "url": "https://example.org/",
    "as_of": "2026-11-24T08:00:00+01:00",
    "realtime": False,
    "sample": True,
}


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
async def test_a_known_language_is_greeted_in(client, language):
    opened = (await Resident.opening(client, language)).opened
    assert [m["language"] for m in opened["messages"]] == [language]
    assert opened["language"] == language
    assert opened["state"] == "assistant"
    assert len(opened["messages"][0]["choices"]) == 5


@pytest.mark.parametrize("body", [{}, {"language": None}, {"language": "de-AT"}, None])
async def test_an_unknown_language_is_greeted_in_french_and_dutch(client, body):
    answer = await client.post("/api/v1/conversations", **({"json": body} if body is not None else {}))
    assert answer.status_code == 201
    assert [m["language"] for m in answer.json()["messages"]] == ["fr", "nl"]
    assert answer.json()["language"] is None


async def test_a_language_tag_with_a_region_is_understood(client):
    assert (await Resident.opening(client, "nl-BE")).opened["language"] == "nl"


async def test_a_message_is_answered_with_all_that_the_engine_said(resident, rasa):
    cards = [{"kind": "collections", "rows": [{"fraction": "yellow"}]}]
    said = message("Demain.", choices=CHOICES, cards=cards, source=SOURCE)
    rasa.answers["quand"] = {"messages": [message("Voici."), said], "language": "fr"}
    reply = await resident.say("quand")
    assert texts(reply) == ["Voici.", "Demain."]
    answer = reply["messages"][1]
    assert answer["author"] == "assistant"
    assert answer["at"] == "2026-11-24T08:15:00+01:00"
    assert answer["cards"] == cards
    assert answer["source"] == SOURCE
    assert [choice["label"] for choice in answer["choices"]] == ["Rue Blaes", "Non"]
    assert reply["state"] == "assistant"


async def test_no_payload_ever_reaches_the_resident(resident, rasa):
    rasa.answers["rue"] = {"messages": [message("Laquelle ?", choices=CHOICES)], "language": "fr"}
    shown = json.dumps([await resident.say("rue"), resident.opened, await resident.kept()])
    assert "/inform" not in shown
    assert "street:7" not in shown
    assert "payload" not in shown


async def test_a_choice_is_mapped_back_to_its_payload(resident, rasa):
    rasa.answers["rue"] = {"messages": [message("Laquelle ?", choices=CHOICES)], "language": "fr"}
    choice = (await resident.say("rue"))["messages"][0]["choices"][0]
    answer = await resident.send(choice=choice["id"])
    assert answer.status_code == 200
    assert rasa.received[-1]["payload"] == CHOICES[0]["payload"]
    assert (await resident.kept())["messages"][-2]["text"] == "Rue Blaes"


@pytest.mark.parametrize("typed", ["Rue Blaes", "rue blaes", " RUE BLAES "])
async def test_a_choice_of_the_last_answer_may_be_typed(resident, rasa, typed):
    rasa.answers["rue"] = {"messages": [message("Laquelle ?", choices=CHOICES)], "language": "fr"}
    await resident.say("rue")
    await resident.say(typed)
    assert rasa.received[-1]["payload"] == CHOICES[0]["payload"]
    assert (await resident.kept())["messages"][-2]["text"] == "Rue Blaes"
    await resident.say(typed)  # no longer on offer: words
    assert rasa.received[-1]["text"] == typed.strip()


async def test_a_label_with_two_meanings_stays_words(resident, rasa):
    twice = [{"label": "Flagey", "payload": "/inform{}"}, {"label": "Flagey", "payload": "/deny"}]
    rasa.answers["rue"] = {"messages": [message("Laquelle ?", choices=twice)], "language": "fr"}
    await resident.say("rue")
    await resident.say("Flagey")
    assert rasa.received[-1]["text"] == "Flagey"


async def test_a_topic_of_the_greeting_asks_its_question(resident, rasa):
    choice = resident.opened["messages"][0]["choices"][0]
    await resident.send(choice=choice["id"])
    assert rasa.said == ['/waste_collection_day{"message_language": "fr"}']


async def test_a_choice_of_another_conversation_is_none(client, resident, rasa):
    rasa.answers["rue"] = {"messages": [message("Laquelle ?", choices=CHOICES)], "language": "fr"}
    choice = (await resident.say("rue"))["messages"][0]["choices"][0]
    other = await Resident.opening(client, "nl")
    answer = await other.send(choice=choice["id"])
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_choice")
    assert len(rasa.received) == 1


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        '/inform{"address": "street:7"}',
        " /session_start",
        "<script>alert(1)</script> & <b>",
        "🚮🚮",
        "a\nb\tc",
        "'; DROP TABLE messages; --",
    ],
)
async def test_what_is_typed_goes_on_as_text_and_is_kept_as_it_was(resident, rasa, text):
    await resident.say(text)
    assert rasa.received == [
        {"sender": resident.opened["id"], "text": text.strip(), "metadata": {"channel": "web", "language": "fr"}}
    ]
    assert (await resident.kept())["messages"][-2]["text"] == text.strip()


async def test_control_characters_and_halves_of_characters_are_left_out(resident, rasa):
    body = b'{"client_id": "x", "text": "a\\u0000b\\r\\nc \\ud83d"}'
    headers = {**resident.headers, "Content-Type": "application/json"}
    answer = await resident.client.post(f"{resident.path}/messages", content=body, headers=headers)
    assert answer.status_code == 200
    assert rasa.said == ["ab\nc \ufffd"]


async def test_the_language_that_the_engine_finds_is_told_to_it_from_then_on(client, rasa):
    resident = await Resident.opening(client, None)
    rasa.answers["81"] = {"messages": [message("Où ?"), message("Waar?", "nl")], "language": None}
    rasa.answers["hallo"] = {"messages": [message("Dag.", "nl")], "language": "nl"}
    assert (await resident.say("81"))["language"] is None
    assert (await resident.say("hallo"))["language"] == "nl"
    await resident.say("81")
    assert [request["metadata"].get("language") for request in rasa.received] == [None, None, "nl"]
    assert (await resident.kept())["language"] == "nl"


async def test_the_language_can_be_chosen_at_any_turn(resident, rasa):
    await resident.say("bonjour")
    answer = await resident.client.patch(resident.path, json={"language": "nl"}, headers=resident.headers)
    assert answer.json() == {"language": "nl", "state": "assistant"}
    await resident.say("81")
    assert rasa.received[-1]["metadata"]["language"] == "nl"
    assert len((await resident.kept())["messages"]) == 5


async def test_the_same_client_id_is_said_once_and_answered_twice_alike(resident, rasa):
    rasa.answers["rue"] = {"messages": [message("Laquelle ?", choices=CHOICES, source=SOURCE)], "language": "fr"}
    first = await resident.say("rue", client_id="a")
    rasa.answers["rue"] = {"messages": [message("autre chose")], "language": "fr"}
    assert await resident.say("rue", client_id="a") == first
    assert rasa.said == ["rue"]
    assert len((await resident.kept())["messages"]) == 3


async def test_the_same_client_id_at_once_is_said_once(resident, rasa):
    gate = rasa.hold("rue")
    sending = [asyncio.create_task(resident.say("rue", client_id="a")) for _ in range(3)]
    await rasa.until_received(1)
    gate.set()
    first, *others = await asyncio.gather(*sending)
    assert others == [first, first]
    assert rasa.said == ["rue"]


async def test_the_same_client_id_in_two_conversations_is_two_messages(client, resident, rasa):
    other = await Resident.opening(client)
    await resident.say("rue", client_id="a")
    await other.say("rue", client_id="a")
    assert len(rasa.received) == 2


async def test_a_client_id_for_something_else_is_refused(resident):
    await resident.say("rue", client_id="a")
    answer = await resident.send(text="avenue", client_id="a")
    assert (answer.status_code, answer.json()["code"]) == (409, "client_id_reused")


async def test_messages_at_once_are_answered_one_by_one_in_their_order(resident, rasa):
    gates = [rasa.hold(f"n{number}") for number in range(4)]
    sending = []
    for number in range(4):
        sending.append(asyncio.create_task(resident.say(f"n{number}")))
        await asyncio.sleep(0)
    for number, gate in enumerate(gates):
        await rasa.until_received(number + 1)
        assert len(rasa.received) == number + 1  # the others wait
        gate.set()
    replies = await asyncio.gather(*sending)
    assert [texts(reply) for reply in replies] == [[f"« n{number} »"] for number in range(4)]
    kept = [m["text"] for m in (await resident.kept())["messages"][1:]]
    assert kept == [text for number in range(4) for text in (f"n{number}", f"« n{number} »")]


async def test_a_slow_conversation_does_not_hold_up_another(client, resident, rasa):
    gate = rasa.hold("lent")
    waiting = asyncio.create_task(resident.say("lent"))
    await rasa.until_received(1)
    other = await Resident.opening(client)
    assert texts(await other.say("vite")) == ["« vite »"]
    gate.set()
    await waiting


async def test_too_many_messages_at_once_are_refused(make_app, make_client, rasa):
    resident = await Resident.opening(make_client(make_app(max_waiting=2)))
    gate = rasa.hold("un")
    sending = [asyncio.create_task(resident.send(text=text)) for text in ("un", "deux")]
    await rasa.until_received(1)
    answer = await resident.send(text="trois")
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_waiting")
    gate.set()
    assert [a.status_code for a in await asyncio.gather(*sending)] == [200, 200]


async def test_many_residents_at_once_lose_and_mix_up_nothing(client, rasa):
    residents = [await Resident.opening(client) for _ in range(10)]

    async def talk(resident: Resident, name: int) -> list[str]:
        return [text for turn in range(5) for text in texts(await resident.say(f"{name}-{turn}"))]

    answers = await asyncio.gather(*(talk(resident, name) for name, resident in enumerate(residents)))
    assert answers == [[f"« {name}-{turn} »" for turn in range(5)] for name in range(10)]
    assert len(rasa.received) == 50


async def test_a_national_number_is_masked_before_anything_keeps_it_and_the_resident_is_told(resident, rasa):
    rasa.answers["mon numéro est […]"] = {"messages": [message("D'accord.")], "language": "fr"}
    reply = await resident.say("mon numéro est 85.07.30-033 28")
    assert len(reply["messages"]) == 2
    assert "numéro national" in texts(reply)[0]
    assert texts(reply)[1] == "D'accord."
    kept = await resident.kept()
    assert "85.07" not in json.dumps(kept)
    assert "85.07" not in json.dumps(rasa.received)
