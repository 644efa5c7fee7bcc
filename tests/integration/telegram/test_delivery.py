"""Nothing lost, nothing said twice: repeated and unordered updates, crashes, limits, a Telegram that fails."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text

from services.telegram.receiving import HEADER
from tests.botapi.people import Person
from tests.integration.gateway.rasa import message


async def rows(app, query: str):
    return await app.state.database.read(lambda connection: connection.execute(text(query)).all())


@pytest.mark.parametrize("headers", [{}, {HEADER: "wrong"}, {HEADER: ""}])
async def test_the_webhook_is_closed_without_its_secret(door, person, rasa, headers):
    answer = await door.client.post("/telegram/webhook", json=person.says("x"), headers=headers)
    assert answer.status_code == 403
    assert await rows(door.app, "SELECT * FROM telegram_updates") == []


@pytest.mark.parametrize("content", [[], {}, {"update_id": "7"}, {"update_id": True}, "x"])
async def test_what_is_no_update_is_refused(door, content):
    assert (await door.post(content)).status_code == 400


async def test_updates_that_cannot_be_read_or_have_no_chat_are_taken_and_left(door, telegram, person):
    strange = {"update_id": 1, "message": {"nothing": "in it"}}
    post = {"message_id": 1, "date": 1, "chat": {"id": -100, "type": "channel", "title": "x"}, "text": "x"}
    for each in (strange, {"update_id": 2}, {"update_id": 3, "channel_post": post}):
        await door.comes(each)
    assert telegram.calls[-1].method == "setMyCommands"
    assert len(await rows(door.app, "SELECT * FROM telegram_updates WHERE chat IS NULL")) == 3


async def test_the_webhook_is_told_to_telegram_with_its_secret_and_kinds(app, telegram):
    assert telegram.webhook["url"] == "https://assistant.example.brussels/telegram/webhook"
    assert telegram.webhook["secret_token"] == "secret-of-the-webhook"
    assert set(telegram.webhook["allowed_updates"]) == {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    }


async def test_the_commands_are_told_in_each_language(app, telegram):
    told = {call.data.get("language_code"): call.data["commands"] for call in telegram.of("setMyCommands")}
    assert set(told) == {"fr", "nl", "en", None}
    names = ["start", "help", "language", "waste", "transport", "permits", "reminders", "human", "privacy", "delete"]
    assert all([each["command"] for each in commands] == names for commands in told.values())
    assert told[None][3]["description"] == "Quels sacs sortir, et quand / Welke zak buitenzetten, en wanneer"


async def test_an_update_that_comes_twice_is_answered_once(door, telegram, rasa, person):
    said = person.says("bonjour")
    await door.comes(said, said)
    await door.comes(said)
    assert len(rasa.received) == len(telegram.said) == 1


async def test_updates_out_of_order_are_answered_in_order(make, open_door, rasa, person):
    # Long enough for the second to come on a busy machine too.
    door = open_door(await make(order_wait_s=2))
    first, second, third = person.says("un"), person.says("deux"), person.says("trois")
    await door.comes(first)
    await door.comes(third, second)
    assert rasa.said == ["un", "deux", "trois"]


async def test_what_comes_while_an_answer_is_being_made_is_answered_after_it(door, telegram, rasa, person):
    gate = rasa.hold("un")
    for said in ("un", "deux", "trois"):
        await door.post(person.says(said))
    await rasa.until_received(1)
    assert telegram.said == []
    gate.set()
    await door.app.state.telegram.working.idle()
    assert telegram.said == ["« un »", "« deux »", "« trois »"]


async def test_a_chat_that_waits_holds_up_no_other(door, telegram, rasa):
    gate = rasa.hold("lent")
    await door.post(Person(1).says("lent"))
    await rasa.until_received(1)
    await door.post(Person(2).says("vite"))
    await telegram.until(lambda: telegram.said == ["« vite »"])
    gate.set()
    await door.app.state.telegram.working.idle()


async def test_a_crash_before_the_answer_answers_once_after_the_restart(make, open_door, telegram, rasa, person):
    app = await make()
    gate = rasa.hold("bonjour")
    await open_door(app).post(person.says("bonjour"))
    await rasa.until_received(1)
    await app.state.telegram.stop()
    gate.set()
    again = await make()
    await telegram.until(lambda: telegram.said)
    await again.state.telegram.working.idle()
    assert telegram.said == ["« bonjour »"]


async def test_a_crash_between_two_parts_of_an_answer_sends_only_what_is_missing(door, telegram, rasa, person):
    rasa.answers["x"] = {"messages": [message("Un."), message("Deux.")], "language": "fr"}
    await door.comes(person.says("/start"))
    telegram.calls.clear()
    telegram.delay_s = 0.05
    await door.post(person.says("x"))
    await telegram.until(lambda: telegram.said == ["Un."])
    telegram.fail("sendMessage", 500, "Internal Server Error")
    await door.app.state.telegram.working.idle()
    assert telegram.said == ["Un.", "Deux.", "Deux."]  # the second of them is the one that came through
    assert len(rasa.received) == 1


async def test_an_update_that_waited_is_answered_by_the_next_process(make, open_door, telegram, rasa, person):
    app = await make(start=False)
    await open_door(app).post(person.says("bonjour"))
    assert rasa.received == []
    again = await make()
    await telegram.until(lambda: telegram.said)
    await again.state.telegram.working.idle()
    assert telegram.said == ["« bonjour »"]


async def test_waiting_is_honoured_when_telegram_says_so(door, telegram, rasa, person):
    telegram.fail("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    started = asyncio.get_running_loop().time()
    await door.comes(person.says("x"))
    assert asyncio.get_running_loop().time() - started >= 1
    assert telegram.said == ["« x »", "« x »"]
    assert len(rasa.received) == 1


@pytest.mark.parametrize("code", [500, 502])
async def test_a_telegram_that_fails_is_tried_until_it_does_not(door, telegram, rasa, person, code):
    telegram.fail("sendMessage", code, "Bad Gateway", times=6)
    await door.comes(person.says("x"))
    assert len(telegram.said) == 7
    assert len(rasa.received) == 1


async def test_what_fails_by_itself_is_given_up_and_said_so(door, telegram, rasa, person):
    telegram.fail("sendMessage", 400, "Bad Request: can't parse entities", times=4)
    await door.comes(person.says("x"))
    assert len(telegram.said) == 5
    assert "quelque chose n'a pas marché" in telegram.said[-1]
    await door.comes(person.says("y"))
    assert telegram.said[-1] == "« y »"


async def test_an_update_that_nobody_answered_for_long_is_dropped(make, open_door, rasa, person, clock):
    app = await make(start=False)
    await open_door(app).post(person.says("bonjour"))
    clock.forward(hours=13)
    again = await make()
    await again.state.telegram.working.idle()
    assert rasa.received == []
    assert await rows(again, "SELECT content FROM telegram_updates") == [(None,)]


async def test_too_many_that_wait_are_refused_and_told_of(make, open_door, telegram, rasa, person):
    app = await make(max_waiting=3)
    door = open_door(app)
    gate = rasa.hold("0")
    for number in range(6):
        await door.post(person.says(str(number)))
    await telegram.until(lambda: telegram.said)
    assert "plus vite" in telegram.said[0]
    gate.set()
    await app.state.telegram.working.idle()
    assert rasa.said == ["0", "1", "2"]
    assert len(telegram.said) == 4


async def test_a_chat_gets_one_message_a_second_in_the_long_run(make, open_door, telegram, rasa, person):
    app = await make(chat_burst=1)
    rasa.answers["x"] = {"messages": [message("Un."), message("Deux."), message("Trois.")], "language": "fr"}
    started = asyncio.get_running_loop().time()
    await open_door(app).comes(person.says("x"))
    assert asyncio.get_running_loop().time() - started >= 1.9


async def test_polling_takes_updates_and_passes_on_from_them(make, telegram, rasa, person):
    app = await make(mode="polling")
    first, second = person.says("un"), person.says("deux")
    telegram.add(first)
    telegram.add(second)
    await telegram.until(lambda: len(telegram.said) == 2)
    assert telegram.said == ["« un »", "« deux »"]
    await telegram.until(lambda: telegram.of("getUpdates")[-1].data.get("offset") == str(second["update_id"] + 1))
    assert telegram.of("deleteWebhook")
    await app.state.telegram.working.idle()


async def test_a_telegram_that_is_down_at_the_start_is_waited_for(make, telegram):
    telegram.fail("getMe", 502, "Bad Gateway", times=2)
    telegram.fail("setWebhook", 502, "Bad Gateway")
    await make()
    assert telegram.webhook


async def test_a_dialogue_that_is_down_is_told_of_as_everywhere(door, telegram, rasa, person):
    rasa.status = 500
    await door.comes(person.says("x"))
    assert len(telegram.said) == 1
    assert "Réessayer" in str(telegram.of("sendMessage")[0].data["reply_markup"])


async def test_what_was_answered_is_forgotten_but_its_number(door, person):
    await door.comes(person.says("mon secret"))
    ((update_id, chat, content, conversation_id),) = await rows(
        door.app, "SELECT id, chat, content, conversation_id FROM telegram_updates"
    )
    assert update_id
    assert (chat, content, conversation_id) == (None, None, None)
