"""What the desk builds on: the hand-over of the gateway and the one in memory of tests do the same."""

from __future__ import annotations

import asyncio

import pytest

from services.desk.handover import Event, GoneError, NotYoursError
from tests.handover.in_memory import InMemoryHandOver
from tests.integration.desk.asking import asking
from tests.integration.desk.people import add_account

GONE = "0" * 32


@pytest.fixture(params=["gateway", "in memory"])
def hand(request, app, clock):
    if request.param == "in memory":
        app.state.handover = InMemoryHandOver(app, clock)
    return app.state.handover


@pytest.fixture
async def people(app, hand):
    """Two operators who are there, by their names."""
    found = {login: await add_account(app, login.lower()) for login in ("Nadia", "Bert")}
    for login, operator_id in found.items():
        await hand.present(operator_id, login, ("waste",), ("fr",), "available")
    return found


@pytest.fixture
async def waiting(hand, resident, people, rasa):
    rasa.answers["un agent"] = asking()
    await resident.say("un agent")
    chat_id = resident.opened["id"]
    if isinstance(hand, InMemoryHandOver):
        await hand.ask(chat_id, topic="waste", team="waste", code="K7PM")
    return chat_id


@pytest.fixture
async def taken(hand, waiting, people):
    assert await hand.take(waiting, people["Nadia"])
    return waiting


async def ids(chats):
    return [each.conversation_id for each in await chats]


async def test_who_waits_is_in_the_queues_of_their_team_until_taken(hand, waiting, people):
    (chat,) = await hand.queue(["waste"])
    assert (chat.state, chat.topic, chat.team, chat.owner_id) == ("waiting", "waste", "waste", None)
    assert (chat.channel, chat.language, chat.question) == ("web", "fr", "un agent")
    assert (await ids(hand.queue([])), await ids(hand.queue(["permits"]))) == ([waiting], [])
    assert await hand.take(waiting, people["Nadia"])
    assert (await ids(hand.queue([])), await ids(hand.mine(people["Nadia"]))) == ([], [waiting])
    (chat,) = await hand.mine(people["Nadia"])
    assert (chat.state, chat.owner_name) == ("operator", "Nadia")


async def test_only_one_takes_it(hand, waiting, people):
    tries = [hand.take(waiting, each) for each in [*people.values()] * 3]
    assert (await asyncio.gather(*tries)).count(True) == 1


async def test_words_are_said_once_by_who_has_it(hand, taken, people):
    for _ in range(2):
        await hand.say(taken, people["Nadia"], "client-0001", "Bonjour", "fr")
    with pytest.raises(NotYoursError):
        await hand.say(taken, people["Bert"], "client-0002", "Moi aussi", "fr")
    lines = [each for each in await hand.transcript(taken, people["Nadia"]) if each.author == "operator"]
    assert [(each.text, each.name, each.language) for each in lines] == [("Bonjour", "Nadia", "fr")]
    assert await hand.transcript(taken, people["Nadia"], after=lines[0].seq) == []


async def test_passing_on_to_a_colleague_and_to_a_team(hand, taken, people):
    with pytest.raises(NotYoursError):
        await hand.transfer(taken, people["Bert"], to_team="permits")
    await hand.transfer(taken, people["Nadia"], to_operator=people["Bert"])
    assert (await ids(hand.mine(people["Nadia"])), await ids(hand.mine(people["Bert"]))) == ([], [taken])
    await hand.transfer(taken, people["Bert"], to_team="permits")
    assert (await ids(hand.mine(people["Bert"])), await ids(hand.queue(["permits"]))) == ([], [taken])


@pytest.mark.parametrize(("act", "state"), [("give_back", "assistant"), ("close", "closed")])
async def test_giving_back_and_closing_end_it(*, hand, taken, people, resident, act, state):
    given = ("Réglé.",) if act == "give_back" else ()
    with pytest.raises(NotYoursError):
        await getattr(hand, act)(taken, people["Bert"], *given)
    await getattr(hand, act)(taken, people["Nadia"], *given)
    assert (await ids(hand.mine(people["Nadia"])), await ids(hand.queue([]))) == ([], [])
    assert (await resident.kept())["state"] == state


async def test_a_supervisor_reassigns_whoever_has_it(app, hand, taken, people):
    samira = await add_account(app, "samira", "supervisor")
    await hand.reassign(taken, samira, people["Bert"])
    assert (await ids(hand.mine(people["Nadia"])), await ids(hand.mine(people["Bert"]))) == ([], [taken])


async def test_notes_and_accesses_are_kept_in_order(hand, taken, people):
    await hand.note(taken, people["Nadia"], "un")
    await hand.note(taken, people["Nadia"], "deux")
    await hand.card(taken, people["Bert"])
    assert [(each.name, each.text) for each in await hand.notes(taken)] == [("Nadia", "un"), ("Nadia", "deux")]
    accesses = [(each.name, each.what) for each in await hand.accesses(taken)]
    assert accesses[0] == ("Nadia", "took")
    assert accesses[-1] == ("Bert", "looked")


async def test_a_code_opens_its_conversation(hand, waiting, people):
    code = (await hand.card(waiting, people["Bert"])).code
    assert await hand.by_code(code.lower(), people["Bert"]) == waiting
    assert await hand.by_code("0000", people["Bert"]) is None


async def test_supervisors_see_who_waits_and_who_is_there(hand, waiting, people):
    seen = await hand.overview()
    assert {each.name for each in seen.people} == {"Nadia", "Bert"}
    assert [(each.team, each.language, each.waiting) for each in seen.queues] == [("waste", "fr", 1)]
    assert [each.conversation_id for each in seen.chats] == [waiting]


async def test_what_is_new_is_heard(hand, taken, people, resident):
    async with hand.events(people["Nadia"]) as events, asyncio.timeout(10):
        await resident.say("merci")
        while (event := await anext(events)).kind != "chat":
            pass
    assert event == Event("chat", taken, "resident")


@pytest.mark.parametrize(
    "act", ["take", "card", "transcript", "say", "note", "give_back", "close", "transfer", "reassign"]
)
async def test_what_is_not_there_is_gone(hand, people, act):
    nadia = people["Nadia"]
    given = {"say": ("client-0001", "x", "fr"), "note": ("x",), "give_back": ("x",), "reassign": (nadia,)}
    more = {"to_team": "waste"} if act == "transfer" else {}
    with pytest.raises(GoneError):
        await getattr(hand, act)(GONE, nadia, *given.get(act, ()), **more)
