"""What was understood of a message is kept with its turn, without its words, and is gone with it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from services.gateway.conversations import repository
from services.gateway.conversations.models import Understanding
from tests.integration.desk.asking import asking
from tests.integration.gateway.rasa import message


def _read(intent="transport_next_departures", **more):
    return {
        "intent": intent,
        "guess": "transport_next_departures",
        "second": "transport_line_info",
        "confidence": 0.82,
        "typed": True,
        "facts": ["line", "stop"],
        "commune": None,
        "replies": ["utter_departures"],
        **more,
    }


@pytest.fixture
def kept(app):
    async def read():
        query = select(Understanding.__table__).order_by(Understanding.at, Understanding.position)
        return await app.state.database.read(lambda connection: connection.execute(query).all())

    return read


async def test_each_question_of_a_message_is_kept(resident, rasa, kept):
    answer = {"messages": [message("…")], "language": "fr"}
    rasa.answers["deux questions"] = {**answer, "read": [_read(), _read("nlu_fallback", replies=["which_topic"])]}
    await resident.say("deux questions")
    first, second = await kept()
    assert (first.intent, first.outcome, first.confidence, first.facts) == (
        "transport_next_departures",
        "answered",
        0.82,
        ["line", "stop"],
    )
    assert (second.position, second.outcome, second.guess) == (1, "clarified", "transport_next_departures")


async def test_who_is_handed_over_was_not_answered(resident, rasa, kept):
    rasa.answers["un agent"] = {**asking(), "read": [_read("ask_human", replies=["utter_human"])]}
    await resident.say("un agent")
    assert [each.outcome for each in await kept()] == ["handed_over"]


async def test_an_engine_that_is_silent_has_failed(resident, rasa, kept):
    rasa.status = 500
    await resident.say("bonjour")
    assert [(each.intent, each.outcome, each.typed) for each in await kept()] == [("unanswered", "failed", True)]


async def test_an_engine_of_before_tells_nothing(resident, kept):
    await resident.say("bonjour")
    assert await kept() == []


async def test_it_goes_with_the_conversation(app, resident, rasa, kept):
    rasa.answers["quand"] = {"messages": [message("…")], "language": "fr", "read": [_read()]}
    await resident.say("quand")
    assert len(await kept()) == 1
    await app.state.database.write(lambda connection: repository.remove(connection, resident.opened["id"]))
    assert await kept() == []
