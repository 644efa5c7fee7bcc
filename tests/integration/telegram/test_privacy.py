"""What is kept of a chat: nothing that names anybody, and nothing at all after an erasure."""

from __future__ import annotations

import logging
from pathlib import Path

from tests.botapi.people import Person
from tests.botapi.server import TOKEN
from tests.integration.gateway.rasa import message
from tests.integration.telegram.test_places import count

CHAT_ID = 987_654_321
ERASE = {"messages": [message("Je le fais.", tasks=[{"do": "erase"}])], "language": "fr"}


def stored(tmp_path: Path) -> bytes:
    return b"".join(path.read_bytes() for path in tmp_path.glob("conversations.db*"))


async def test_neither_tables_nor_logs_tell_whose_chat_it_is(door, rasa, tmp_path, caplog):
    caplog.set_level(logging.DEBUG, "services")
    person = Person(CHAT_ID, name="Zoéline")
    rasa.status = 500
    await door.comes(person.says("un mot secret"), person.presses("c:x", 1))
    kept = stored(tmp_path)
    for told in (str(CHAT_ID), "Zoéline", "zoéline_bxl"):
        assert told.encode() not in kept
        assert told not in caplog.text
    assert "secret" not in caplog.text
    assert TOKEN not in caplog.text
    assert b"un mot secret" in kept  # in the conversation, where the resident can read and erase it


async def test_an_update_that_waits_cannot_be_read(make, open_door, tmp_path):
    app = await make(start=False)
    await open_door(app).post(Person(CHAT_ID).says("un mot secret"))
    kept = stored(tmp_path)
    assert b"mot secret" not in kept
    assert str(CHAT_ID).encode() not in kept


async def test_an_erasure_leaves_neither_words_nor_address(door, telegram, rasa, tmp_path):
    rasa.answers["oui, effacez tout"] = ERASE
    person = Person(CHAT_ID)
    await door.comes(person.says("un mot secret"), person.says("oui, effacez tout"))
    assert "Vos données sont effacées" in telegram.said[-1]
    assert await count(door.app, "telegram_chats") == 0
    assert b"un mot secret" not in stored(tmp_path)


async def test_a_receipt_that_was_lost_is_told_of_and_nothing_is_said_anew(make, open_door, telegram, rasa):
    rasa.answers["oui, effacez tout"] = ERASE
    person = Person(CHAT_ID)
    app = await make()
    door = open_door(app)
    await door.comes(person.says("bonjour"))
    telegram.fail("sendMessage", 502, "Bad Gateway", times=1000)
    await door.post(person.says("oui, effacez tout"))
    await telegram.until(lambda: len(telegram.said) >= 2)
    await app.state.telegram.stop()
    telegram.refusals.clear()
    again = await make()
    await telegram.until(lambda: "Vos données sont effacées" in telegram.said[-1])
    await again.state.telegram.working.idle()
    assert [each["text"] for each in rasa.received if "text" in each] == ["bonjour", "oui, effacez tout"]


async def test_after_an_erasure_the_chat_begins_anew(door, rasa):
    rasa.answers["oui, effacez tout"] = ERASE
    person = Person(CHAT_ID)
    await door.comes(person.says("a"), person.says("oui, effacez tout"), person.says("b"))
    senders = [each["sender"] for each in rasa.received]
    assert senders[0] == senders[1] != senders[-1]


async def test_what_is_done_is_forgotten_after_its_time(door, clock):
    await door.comes(Person().says("a"))
    tables = ("telegram_updates", "telegram_done")
    channel = door.app.state.telegram
    clock.forward(hours=47)
    await channel.purge()
    assert all([await count(door.app, each) for each in tables])
    clock.forward(hours=2)
    await channel.purge()
    assert not any([await count(door.app, each) for each in tables])
