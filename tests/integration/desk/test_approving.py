"""Approval mode: the assistant's answers wait for a click of the operator who has the conversation."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from services.desk.handover import NotYoursError
from tests.integration.desk.asking import asking, at_the_desk
from tests.integration.desk.people import HERE, add_account
from tests.integration.gateway.rasa import message
from tests.integration.gateway.talking import Resident

ANSWER = "Le sac bleu sort jeudi."
OTHER = "C'est jeudi."


@pytest.fixture(autouse=True)
def answers(rasa):
    rasa.answers["quel sac ?"] = {
        "messages": [message(ANSWER, source={"name": "Bruxelles-Propreté"}, tasks=[{"do": "erase"}])],
        "language": "fr",
    }


@pytest.fixture
def hand(app):
    return app.state.handover


async def account_of(app, login):
    desk = app.state.desk.desk
    found = await app.state.database.read(lambda c: desk.accounts.by_login(c, login))
    return found.id


@pytest.fixture
async def nadia_id(app, nadia):
    found = await account_of(app, "nadia")
    await at_the_desk(app, found)
    return found


@pytest.fixture
async def chat_id(app, hand, resident, nadia, nadia_id):
    """A conversation that Nadia has, in approval mode."""
    await resident.say("un agent")
    found = resident.opened["id"]
    await nadia.open("/inbox")
    await nadia.send(f"/chats/{found}/take")
    await nadia.send(f"/chats/{found}/approval", on="yes")
    return found


async def asked(app, resident, text="quel sac ?"):
    """Let the resident write, and the assistant propose."""
    reply = await resident.say(text)
    await app.state.proposing.settled()
    return reply


async def seen(resident):
    """Return what was said to the resident, but for what is said of the hand-over."""
    return [
        (each["author"], each["text"]) for each in (await resident.kept())["messages"] if each["author"] == "operator"
    ]


def shown(operator):
    """Return the proposal on the page that is open: its number and its words."""
    found = re.search(r'name="seq" value="(\d+)".*?<textarea[^>]*>\n?(.*?)</textarea>', operator.page, re.DOTALL)
    return (found[1], unescape(found[2])) if found else None


async def did(hand, chat_id):
    return [each.what for each in await hand.accesses(chat_id)][2:]  # after it was taken and turned on


async def test_an_answer_waits_on_the_operator_s_page_and_the_resident_sees_nothing(
    *, app, hand, nadia, chat_id, resident
):
    async with hand.events(await account_of(app, "nadia")) as events:
        reply = await asked(app, resident)
        heard = [await anext(events) for _ in range(2)]
    assert (reply["messages"], reply["state"]) == ([], "operator")
    assert [each.author for each in heard] == ["resident", "assistant"]
    page = (await nadia.open(f"/chats/{chat_id}")).text
    assert shown(nadia)[1] == ANSWER
    assert "Source : Bruxelles-Propreté" in page
    assert "Proposé par l'assistant" not in page
    assert '<strong class="mark">À valider</strong>' in page
    assert await seen(resident) == []
    assert (await resident.kept())["messages"][-1]["text"] == "quel sac ?"


@pytest.mark.parametrize(("words", "act"), [(ANSWER, "approved"), (OTHER, "adapted")])
async def test_a_click_sends_it_once_as_it_was_or_changed(*, app, hand, nadia, chat_id, resident, words, act):
    await asked(app, resident)
    await nadia.open(f"/chats/{chat_id}")
    seq, _ = shown(nadia)
    answers = [await nadia.send(f"/chats/{chat_id}/proposed", act="send", seq=seq, text=words) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 409]
    assert "n'attend plus" in nadia.alert
    assert await seen(resident) == [("operator", words)]
    await app.state.delivering.close()
    assert [each.delivery for each in await hand.transcript(chat_id, "x")][-1] == "delivered"
    assert await did(hand, chat_id) == [act]
    await nadia.open(f"/chats/{chat_id}")
    assert shown(nadia) is None


async def test_what_is_ignored_is_not_proposed_again(*, app, hand, nadia, chat_id, resident):
    await asked(app, resident)
    await nadia.open(f"/chats/{chat_id}")
    await nadia.send(f"/chats/{chat_id}/proposed", act="ignore", seq=shown(nadia)[0])
    await app.state.sweeping.sweep()
    await app.state.proposing.settled()
    assert shown(nadia) is None
    assert (await seen(resident), await did(hand, chat_id)) == ([], ["ignored"])


async def test_an_answer_to_what_was_said_before_is_not_sent(*, app, nadia, chat_id, resident):
    await asked(app, resident)
    await nadia.open(f"/chats/{chat_id}")
    seq, words = shown(nadia)
    await asked(app, resident, "et le vert ?")
    answer = await nadia.send(f"/chats/{chat_id}/proposed", act="send", seq=seq, text=words)
    assert (answer.status_code, await seen(resident)) == (409, [])
    await nadia.open(f"/chats/{chat_id}")
    assert shown(nadia)[1] == "« et le vert ? »"


@pytest.mark.parametrize("is_proposed", [True, False])
async def test_a_restart_loses_nothing(*, make_app, app, chat_id, resident, rasa, is_proposed):
    if is_proposed:
        await asked(app, resident)
        rasa.answers.clear()
    else:  # the process ends before the assistant has answered
        rasa.status = 503
        await asked(app, resident)
        rasa.status = 200
    again = make_app()
    await again.state.sweeping.sweep()
    await again.state.proposing.settled()
    assert (await again.state.handover.proposal(chat_id)).text == ANSWER


async def test_who_does_not_have_the_conversation_changes_nothing(*, app, hand, chat_id, resident):
    bert = await add_account(app, "bert")
    await at_the_desk(app, bert, name="Bert")
    await asked(app, resident)
    seq = (await hand.proposal(chat_id)).seq
    for act in (
        hand.say_proposed(chat_id, bert, seq, "x"),
        hand.ignore_proposed(chat_id, bert, seq),
        hand.approve(chat_id, bert, on=False),
    ):
        with pytest.raises(NotYoursError):
            await act
    assert (await hand.proposal(chat_id)).text == ANSWER
    assert await seen(resident) == []


@pytest.mark.parametrize("end", ["transfer", "give_back", "close", "off"])
async def test_it_ends_with_who_turned_it_on(*, app, hand, chat_id, nadia_id, resident, end):
    await asked(app, resident)
    acts = {
        "transfer": lambda: hand.transfer(chat_id, nadia_id, to_team="waste"),
        "give_back": lambda: hand.give_back(chat_id, nadia_id, "Réglé."),
        "close": lambda: hand.close(chat_id, nadia_id),
        "off": lambda: hand.approve(chat_id, nadia_id, on=False),
    }
    await acts[end]()
    await app.state.sweeping.sweep()
    await app.state.proposing.settled()
    assert await hand.proposal(chat_id) is None


async def test_an_emergency_is_answered_at_once_and_not_proposed(*, app, hand, chat_id, resident, rasa):
    rasa.urgent.add("il y a le feu")
    rasa.answers["il y a le feu"] = {"messages": [message("Appelez le 112.")], "language": "fr"}
    reply = await asked(app, resident, "il y a le feu")
    assert [each["text"] for each in reply["messages"]] == ["Appelez le 112."]
    assert await hand.proposal(chat_id) is None


async def test_a_topic_may_be_in_approval_mode_from_the_start(*, make_app, rasa):
    app = make_app(hand_over_approval=["waste"])
    rasa.answers["un agent"] = asking("waste_missed_collection")
    operator = await add_account(app, "lea")
    await at_the_desk(app, operator, name="Lea")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=HERE) as client:
        resident = await Resident.opening(client, "fr")
        await resident.say("un agent")
        await app.state.handover.take(resident.opened["id"], operator)
        await asked(app, resident)
        assert (await app.state.handover.proposal(resident.opened["id"])).text == ANSWER


async def test_it_is_in_the_copy_of_the_resident_s_data(*, app, chat_id, resident):
    await asked(app, resident)
    copy = await resident.client.get(f"{resident.path}/export", headers=resident.headers)
    assert copy.json()["handed_over"]["proposed"] == ANSWER
    text = await resident.client.get(f"{resident.path}/export?format=text", headers=resident.headers)
    assert f"qu'un agent doit encore valider : {ANSWER}" in text.text
    await resident.client.delete(resident.path, headers=resident.headers)
    left = "SELECT count(*) FROM hand_over_proposals"
    assert await app.state.database.read(lambda c: c.exec_driver_sql(left).scalar()) == 0
