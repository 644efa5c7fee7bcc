"""A person on Telegram: the queue with its button, an operator's words, silence, and the assistant again."""

from __future__ import annotations

import pytest

from tests.integration.desk.asking import asking, at_the_desk
from tests.integration.desk.people import add_account
from tests.integration.telegram.test_conversing import buttons


@pytest.fixture
async def nadia(door, rasa):
    rasa.answers["un agent"] = asking()
    found = await add_account(door.app, "nadia")
    await at_the_desk(door.app, found)
    return found


async def waiting(door):
    (chat,) = await door.app.state.handover.queue([])
    return chat.conversation_id


async def test_an_operator_answers_on_telegram_and_gives_it_back(door, telegram, rasa, person, nadia):
    hand = door.app.state.handover
    await door.comes(person.says("un agent"))
    assert "Vous êtes en tête de la file." in telegram.said[-1]
    chat_id = await waiting(door)
    assert await hand.take(chat_id, nadia)
    await telegram.until(lambda: "Nadia, du centre d'appels" in telegram.said[-1])
    await hand.say(chat_id, nadia, "client-0001", "Bonjour, je regarde.", "fr")
    await telegram.until(lambda: "Bonjour, je regarde." in telegram.said[-1])
    await door.app.state.delivering.close()
    (line,) = [each for each in await hand.transcript(chat_id, nadia) if each.author == "operator"]
    assert line.delivery == "delivered"
    before, heard = len(telegram.said), len(rasa.received)
    await door.comes(person.says("merci"))
    assert (len(telegram.said), len(rasa.received)) == (before, heard)
    assert (await hand.transcript(chat_id, nadia))[-1].text == "merci"
    await hand.give_back(chat_id, nadia, "Passage jeudi.")
    await telegram.until(lambda: "Ce qui est réglé : Passage jeudi." in telegram.said[-1])
    await door.comes(person.says("quel sac ?"))
    assert telegram.said[-1] == "« quel sac ? »"


async def test_that_an_operator_writes_is_shown_and_harms_nothing_where_it_cannot_be(door, telegram, person, nadia):
    hand = door.app.state.handover
    await door.comes(person.says("un agent"))
    chat_id = await waiting(door)
    await hand.take(chat_id, nadia)
    before = len(telegram.of("sendChatAction"))
    await hand.typing(chat_id, nadia)
    shown = telegram.of("sendChatAction")[before:]
    assert [each.data["action"] for each in shown] == ["typing"]
    telegram.fail("sendChatAction", 403, "Forbidden: bot was blocked by the user")
    await hand.typing(chat_id, nadia)
    await hand.say(chat_id, nadia, "client-0001", "Bonjour.", "fr")
    await telegram.until(lambda: "Bonjour." in telegram.said[-1])


async def test_the_button_leaves_the_queue(door, telegram, person, nadia):
    await door.comes(person.says("un agent"))
    sent = telegram.of("sendMessage")[-1]
    (button,) = [each for each in buttons(sent) if each["text"] == "Ne plus attendre"]
    await door.comes(person.presses(button["callback_data"], sent.sent))
    assert "vous n'attendez plus" in telegram.said[-1]
    assert await door.app.state.handover.queue([]) == []


async def test_after_an_ended_conversation_the_next_message_begins_another(door, telegram, person, nadia):
    hand = door.app.state.handover
    await door.comes(person.says("un agent"))
    chat_id = await waiting(door)
    await hand.take(chat_id, nadia)
    await hand.close(chat_id, nadia)
    await telegram.until(lambda: "Cette conversation est terminée." in telegram.said[-1])
    await door.comes(person.says("quel sac ?"))
    assert telegram.said[-1] == "« quel sac ? »"


async def test_an_answer_of_the_assistant_comes_to_telegram_only_after_the_operator_s_click(
    door, telegram, person, nadia
):
    hand = door.app.state.handover
    await door.comes(person.says("un agent"))
    chat_id = await waiting(door)
    await hand.take(chat_id, nadia)
    await hand.approve(chat_id, nadia, on=True)
    await telegram.until(lambda: "Nadia, du centre d'appels" in telegram.said[-1])
    before = len(telegram.said)
    await door.comes(person.says("quel sac ?"))
    await door.app.state.proposing.settled()
    proposal = await hand.proposal(chat_id)
    assert (proposal.text, len(telegram.said)) == ("« quel sac ? »", before)
    assert await hand.say_proposed(chat_id, nadia, proposal.seq, "Le sac bleu.")
    await telegram.until(lambda: "Le sac bleu." in telegram.said[-1])
    assert len(telegram.said) == before + 1
