"""Where the bot does not talk: groups, channels, chats that block it or are gone. And what comes unasked."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import text

from kit import tasks
from services.gateway.dialogue.port import Draft
from services.gateway.notifications.port import Delivered, Gone, RetryLater
from tests.botapi.people import Person, update
from tests.botapi.server import BOT
from tests.integration.gateway.rasa import message
from tests.integration.gateway.test_reminders import NAME, PLACE

GROUP = {"id": -4711, "type": "group", "title": "Comité de quartier"}


def joins(chat, by: Person, status: str = "member"):
    old = {"user": BOT, "status": "left"}
    new = {"user": BOT, "status": status}
    if status == "administrator":
        rights = ("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats")
        rights += ("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users")
        rights += ("can_post_stories", "can_edit_stories", "can_delete_stories")
        new |= dict.fromkeys(rights, False)
    change = {"chat": chat, "from": by.user, "date": int(time.time())}
    return update(my_chat_member={**change, "old_chat_member": old, "new_chat_member": new})


def says_in(chat, by: Person, **content):
    return update(message={"message_id": 1, "from": by.user, "chat": chat, "date": int(time.time()), **content})


async def conversation_of(app) -> str:
    rows = await app.state.database.read(
        lambda connection: connection.execute(text("SELECT conversation_id FROM telegram_chats")).all()
    )
    return rows[0][0] if rows else ""


async def count(app, table: str) -> int:
    query = text(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own tables
    return await app.state.database.read(lambda connection: connection.execute(query).scalar_one())


async def unasked(app, words: str, author: str = "assistant"):
    """Say something unasked, and wait until its delivery was tried; return what is left of it in the outbox."""
    await app.state.chat.tell(await conversation_of(app), author, [Draft(words, "fr")])
    await app.state.delivering.close()
    return await outbox(app)


async def outbox(app) -> list[str]:
    query = text("SELECT state FROM deliveries ORDER BY since")
    return list(await app.state.database.read(lambda connection: connection.scalars(query).all()))


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_a_group_is_declined_once_and_left(door, telegram, rasa, person, kind):
    group = {**GROUP, "type": kind}
    await door.comes(joins(group, person), says_in(group, person, group_chat_created=True))
    await door.comes(says_in(group, person, text="/waste@brussels_city_bot"))
    (declined,) = telegram.of("sendMessage")
    assert "conversation privée" in declined.data["text"]
    assert declined.data["chat_id"] == -4711
    assert {call.data["chat_id"] for call in telegram.of("leaveChat")} == {-4711}
    assert rasa.received == []


async def test_a_channel_is_left_without_a_word(door, telegram, person):
    await door.comes(joins({"id": -100, "type": "channel", "title": "x"}, person, "administrator"))
    assert telegram.said == []
    assert len(telegram.of("leaveChat")) == 1


async def test_a_group_that_became_a_supergroup_is_declined_there(door, telegram, person):
    telegram.fail(
        "sendMessage", 400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1004711
    )
    await door.comes(joins(GROUP, person))
    assert [call.data["chat_id"] for call in telegram.of("sendMessage")] == [-4711, -1004711]
    await door.comes(says_in({**GROUP, "id": -1004711, "type": "supergroup"}, person, migrate_from_chat_id=-4711))
    assert len(telegram.said) == 2


async def test_being_thrown_out_of_a_group_is_no_reason_to_speak(door, telegram, person):
    await door.comes(joins(GROUP, person, "left"))
    assert [call.method for call in telegram.calls if call.method in {"sendMessage", "leaveChat"}] == []


@pytest.fixture
async def reminded(door, rasa, person):
    """Give a door behind which a resident has a reminder."""
    task = tasks.remind_of_collections(PLACE, NAME, None, None)
    rasa.answers["rappelle-moi"] = {"messages": [message("C'est noté.", tasks=[task])], "language": "fr"}
    await door.comes(person.says("rappelle-moi"))
    assert await count(door.app, "subscriptions") == 1
    return door


async def test_a_block_ends_reminders_and_erases_the_address(reminded, person):
    await reminded.comes(person.blocks())
    assert await count(reminded.app, "subscriptions") == 0
    assert await count(reminded.app, "telegram_chats") == 0


@pytest.mark.parametrize(
    ("code", "description"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (400, "Bad Request: chat not found"),
    ],
)
async def test_a_chat_that_is_gone_ends_reminders_and_is_not_tried_again(reminded, telegram, code, description):
    telegram.calls.clear()
    telegram.fail("sendMessage", code, description)
    assert await unasked(reminded.app, "Ce soir…") == ["dead"]
    assert await count(reminded.app, "subscriptions") == 0
    assert await count(reminded.app, "telegram_chats") == 0
    assert len(telegram.said) == 1


async def test_a_block_found_while_answering_ends_the_same(reminded, telegram, person):
    telegram.fail("sendMessage", 403, "Forbidden: bot was blocked by the user")
    await reminded.comes(person.says("merci"))
    assert await count(reminded.app, "telegram_chats") == 0


async def test_who_lets_the_bot_in_again_begins_anew(reminded, telegram, person):
    await reminded.comes(person.blocks(), person.blocks("member"), person.says("/start"))
    assert "Bonjour" in telegram.said[-1]


async def test_what_comes_unasked_is_delivered_once(reminded, telegram):
    telegram.calls.clear()
    assert await unasked(reminded.app, "Ce soir, sortez le sac jaune.") == ["delivered"]
    conversation_id = await conversation_of(reminded.app)
    kept = await reminded.app.state.keeping.kept(conversation_id, "", "telegram")
    again = await reminded.app.state.outlets["telegram"].deliver(conversation_id, kept.messages[-1])
    assert again == Delivered()
    assert telegram.said == ["Ce soir, sortez le sac jaune."]


async def test_a_member_of_staff_is_named_as_one(reminded, telegram):
    await unasked(reminded.app, "Bonjour, ici le service Propreté.", "operator")
    assert telegram.said[-1] == "<b>Un agent</b>\nBonjour, ici le service Propreté."


async def test_a_telegram_that_cannot_take_it_now_is_asked_later(reminded, telegram, clock):
    telegram.fail("sendMessage", 502, "Bad Gateway")
    assert await unasked(reminded.app, "Un.") == ["waiting"]
    telegram.calls.clear()
    clock.forward(minutes=2)
    await reminded.app.state.delivering.deliver()
    assert telegram.said == ["Un."]


async def test_a_time_to_wait_is_passed_on(reminded, telegram):
    telegram.fail("sendMessage", 429, "Too Many Requests: retry after 300", retry_after=300)
    opened = await conversation_of(reminded.app)
    kept = await reminded.app.state.keeping.kept(opened, "", "telegram")
    outcome = await reminded.app.state.outlets["telegram"].deliver(
        opened, kept.messages[-1].model_copy(update={"id": "0" * 32})
    )
    assert outcome == RetryLater(300)


async def test_a_conversation_without_a_chat_leads_nowhere(app):
    opened = await app.state.chat.open("fr", "web")
    outcome = await app.state.outlets["telegram"].deliver(opened.id, opened.messages[0])
    assert outcome == Gone()
