"""Which questions service teams find in the inbox, what becomes of them, and the figures of the days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from kit.clock import BRUSSELS
from services.gateway.channels.studio_figures import counted
from services.gateway.channels.studio_questions import asked
from services.gateway.channels.studio_tables import TABLES
from services.gateway.conversations import repository
from services.studio.inbox.decisions import Decisions
from services.studio.inbox.inbox import Inbox, Wanted
from services.studio.insight.figures import Figures, summed
from tests.integration.desk.asking import asking
from tests.integration.gateway.rasa import message
from tests.integration.gateway.talking import Resident


def read(intent="waste_sorting", outcome="answered", confidence=0.9, **more):
    replies = {
        "answered": ["utter_sorting"],
        "clarified": ["which_topic"],
        "not_understood": ["utter_not_understood"],
        "out_of_scope": ["utter_out_of_scope"],
        "asked": ["ask_waste_item"],
    }[outcome]
    given = {
        "intent": intent,
        "guess": intent,
        "second": None,
        "confidence": confidence,
        "typed": True,
        "facts": [],
        "commune": None,
        "replies": replies,
    }
    return {**given, **more}


@pytest.fixture
def say(resident, rasa):
    """Give a way to say something that is understood in some way."""

    async def said(text, *readings, **answer):
        rasa.answers[text] = {"messages": [message("…")], "language": "fr", "read": list(readings), **answer}
        return await resident.say(text)

    return said


@pytest.fixture
def inbox(app, clock):
    return Inbox(app.state.database, asked, Decisions(TABLES.decisions), clock)


@pytest.fixture
def figures(app, clock):
    return Figures(app.state.database, TABLES.figures, counted, clock)


async def reasons(inbox):
    content = await inbox.look()
    found = [each for group in content.groups for wording in group.wordings for each in wording.questions]
    return {each.text: each.reasons for each in found}


async def test_what_was_answered_for_sure_is_not_in_it(say, inbox):
    await say("où jeter un frigo", read())
    await say("merci", read("thank", confidence=0.3, replies=["utter_thank"]))
    assert await reasons(inbox) == {}


@pytest.mark.parametrize(
    ("reading", "reason"),
    [
        (read("nlu_fallback", "clarified"), "not_understood"),
        (read("nlu_fallback", "not_understood"), "not_understood"),
        (read("out_of_scope", "out_of_scope"), "out_of_scope"),
        (read(confidence=0.4), "unsure"),
        (read(confidence=0.4, outcome="asked"), "unsure"),
    ],
)
async def test_why_somebody_should_look(say, inbox, reading, reason):
    await say("une question", reading)
    assert await reasons(inbox) == {"une question": {reason}}


async def test_who_is_not_helped(say, inbox, resident):
    answer = (await say("où jeter un frigo", read()))["messages"][0]
    path = f"{resident.path}/messages/{answer['id']}/feedback"
    await resident.client.post(path, json={"value": "down"}, headers=resident.headers)
    assert await reasons(inbox) == {"où jeter un frigo": {"thumbs_down"}}


async def test_what_was_corrected_next(say, inbox):
    await say("le tram 81", read("transport_line_info"))
    await say("non, le bus", read("correct_input", replies=["utter_departures"]))
    assert await reasons(inbox) == {"le tram 81": {"corrected"}}


async def test_another_resident_s_correction_is_not_this_one_s(say, inbox, client, rasa):
    await say("le tram 81", read("transport_line_info"))
    rasa.answers["non"] = {
        "messages": [message("…")],
        "language": "fr",
        "read": [read("correct_input", replies=["utter_departures"])],
    }
    await (await Resident.opening(client)).say("non")
    assert await reasons(inbox) == {}


async def test_asking_for_a_person_in_so_many_words_needs_no_look(say, inbox):
    await say("un agent", read("ask_human"), **{k: v for k, v in asking().items() if k == "messages"})
    assert await reasons(inbox) == {}


async def test_a_choice_was_not_typed(say, inbox):
    await say("un choix", read("nlu_fallback", "not_understood", typed=False))
    assert await reasons(inbox) == {}


async def test_filters(say, inbox):
    await say("pas compris", read("nlu_fallback", "not_understood", guess="waste_sorting"))
    await say("pas sûr", read(confidence=0.4))
    content = await inbox.look(Wanted(reasons={"unsure"}))
    assert [each.wordings[0].example for each in content.groups] == ["pas sûr"]
    assert content.reasons == {"not_understood": 1, "unsure": 1}
    assert (await inbox.look(Wanted(languages={"nl"}))).groups == []
    assert len((await inbox.look(Wanted(guesses={"waste_sorting"}))).groups) == 1


async def test_what_is_decided_does_not_come_back_in_other_accents_and_can_be_reopened(say, inbox):
    await say("où jeter un frigo", read("nlu_fallback", "not_understood"))
    await inbox.decide([("OU JETER UN FRIGO ?", "fr")], "example", "account", "waste_sorting")
    assert await reasons(inbox) == {}
    assert await inbox.undo("somebody else") == 0
    assert await inbox.undo("account") == 1
    assert set(await reasons(inbox)) == {"où jeter un frigo"}


async def test_a_decision_replaces_the_one_before(app, inbox):
    for kind in ("ignored", "new_capability"):
        await inbox.decide([("une question", "fr"), ("une question", "fr")], kind, "account")
    decisions = Decisions(TABLES.decisions)
    digests = await app.state.database.read(lambda connection: connection.execute(TABLES.decisions.select()).all())
    (kept,) = digests
    found = await app.state.database.read(lambda connection: decisions.decided(connection, [kept.digest]))
    assert found[kept.digest].kind == "new_capability"


async def test_it_goes_with_the_conversation(app, say, inbox, resident):
    await say("une question", read("nlu_fallback", "not_understood"))
    await app.state.database.write(lambda connection: repository.remove(connection, resident.opened["id"]))
    assert await reasons(inbox) == {}


async def test_figures_of_a_day_stay_when_its_conversations_go(app, say, figures, clock, resident):
    answer = (await say("où jeter un frigo", read(commune="ixelles")))["messages"][0]
    path = f"{resident.path}/messages/{answer['id']}/feedback"
    await resident.client.post(path, json={"value": "up"}, headers=resident.headers)
    await say("quoi", read("nlu_fallback", "not_understood", guess=None))
    await say("merci", read("thank", replies=["utter_thank"]))
    today = figures.today
    before = await figures.of(today, today)
    clock.at += timedelta(days=1)
    assert await figures.keep() > 0
    assert await figures.keep() == 0
    await app.state.database.write(lambda connection: repository.remove(connection, resident.opened["id"]))
    after = await figures.of(today, figures.today)
    by_intent = {key: dict(counts) for key, counts in summed(after, "intent", "outcome", "commune").items()}
    assert by_intent[("waste_sorting", "answered", "ixelles")] == {"questions": 1, "helped": 1, "not_helped": 0}
    assert by_intent[("", "not_understood", "")]["questions"] == 1
    assert sorted(before, key=str) == sorted((each for each in after if each.questions), key=str)


async def test_days_without_a_question_are_not_counted_again(figures, clock):
    kept = await figures.keep()
    assert kept > 1
    clock.at += timedelta(days=3)
    assert await figures.keep() == 3


async def test_a_day_begins_at_midnight_in_brussels(say, figures, clock):
    clock.at = datetime(2026, 11, 24, 23, 30, tzinfo=BRUSSELS)
    await say("tard", read())
    clock.at = datetime(2026, 11, 25, 0, 30, tzinfo=BRUSSELS)
    await say("tôt", read())
    found = await figures.of(date(2026, 11, 24), date(2026, 11, 25))
    assert sorted((each.day.day, each.hour) for each in found) == [(24, 23), (25, 0)]
