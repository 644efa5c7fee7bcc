"""A resident asks for a person: the queue and their place, the hours and the call-back, waiting no more."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.integration.desk.asking import HOURS, asking, at_the_desk
from tests.integration.desk.people import HERE, add_account
from tests.integration.gateway.rasa import message
from tests.integration.gateway.talking import Resident, texts


@pytest.fixture
async def nadia_id(app):
    return await add_account(app, "nadia")


@pytest.fixture
async def staffed(app, nadia_id):
    await at_the_desk(app, nadia_id)
    return nadia_id


async def another(app, language="fr"):
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=HERE)
    return await Resident.opening(client, language)


async def waiting(app, teams=()):
    return [each.conversation_id for each in await app.state.handover.queue(teams)]


async def code_of(app, resident):
    return (await resident.kept())["handed_over"]["code"]


def choice(reply, label):
    return next(each["id"] for m in reply["messages"] for each in m["choices"] if each["label"] == label)


async def test_who_asks_for_a_person_waits_and_is_told_the_place_and_the_code(app, resident, staffed):
    reply = await resident.say("un agent")
    assert reply["state"] == "waiting"
    said = "\n".join(texts(reply))
    assert "Vous êtes en tête de la file." in said
    assert f"donnez le code {await code_of(app, resident)} :" in said
    assert HOURS not in said
    assert "minute" not in said  # nobody was taken yet: no guess
    assert await waiting(app) == [resident.opened["id"]]


async def test_how_many_wait_before_is_said(app, resident, staffed, clock):
    for number in range(2):
        other = await another(app)
        said = "\n".join(texts(await other.say("un agent")))
        assert ("en tête" in said) if number == 0 else ("Une personne attend avant vous" in said)
        clock.forward(seconds=1)
    assert "2 personnes attendent avant vous" in "\n".join(texts(await resident.say("un agent")))


async def test_the_expected_wait_is_how_long_the_last_people_waited(app, resident, staffed, clock):
    for minutes in (2, 4, 9):
        other = await another(app)
        await other.say("un agent")
        clock.forward(minutes=minutes)
        await at_the_desk(app, staffed)
        assert await app.state.handover.take(other.opened["id"], staffed)
    assert "ont attendu environ 4 minutes" in "\n".join(texts(await resident.say("un agent")))


async def test_asking_again_keeps_the_place(app, resident, staffed, clock):
    await resident.say("un agent")
    clock.forward(seconds=30)
    await (await another(app)).say("un agent")
    reply = await resident.say("un agent")
    assert reply["state"] == "waiting"
    assert "en tête de la file" in "\n".join(texts(reply))
    assert (await waiting(app))[0] == resident.opened["id"]


async def test_the_assistant_goes_on_answering_who_waits(resident, staffed, rasa):
    await resident.say("un agent")
    reply = await resident.say("quel sac ?")
    assert (texts(reply), reply["state"]) == (["« quel sac ? »"], "waiting")
    assert rasa.received[-1]["metadata"]["kept"]["waiting"] is True


@pytest.mark.parametrize("how", ["choice", "label", "word"])
async def test_who_waits_can_stop_waiting(app, resident, staffed, rasa, how):
    rasa.answers["laissez tomber"] = {
        "messages": [message("D'accord.", tasks=[{"do": "leave_queue"}])],
        "language": "fr",
    }
    reply = await resident.say("un agent")
    if how == "choice":
        answer = (await resident.send(choice=choice(reply, "Ne plus attendre"))).json()
    else:
        answer = await resident.say("ne plus attendre" if how == "label" else "laissez tomber")
    assert answer["state"] == "assistant"
    assert texts(answer) == ["D'accord, vous n'attendez plus. C'est moi, l'assistant, qui continue."]
    assert await waiting(app) == []
    assert texts(await resident.say("quel sac ?")) == ["« quel sac ? »"]


async def test_a_choice_that_is_old_says_that_nobody_waits(resident, staffed):
    old = choice(await resident.say("un agent"), "Ne plus attendre")
    for _ in range(2):
        answer = (await resident.send(choice=old)).json()
    assert texts(answer) == ["Vous n'êtes plus dans la file."]


@pytest.mark.parametrize("why", ["nobody", "away", "gone", "hours"])
async def test_where_nobody_answers_now_the_hours_are_said_and_a_call_is_offered(
    *, app, resident, nadia_id, rasa, clock, why
):
    if why != "nobody":
        await at_the_desk(app, nadia_id, status="away" if why == "away" else "available")
    if why == "gone":
        clock.forward(seconds=61)
    if why == "hours":
        rasa.answers["un agent"] = asking(is_open=False)
    reply = await resident.say("un agent")
    assert reply["state"] == "assistant"
    assert texts(reply)[0] == HOURS
    assert "Aucun agent ne peut vous répondre ici en ce moment." in texts(reply)[1]
    assert ("donnez le code" in texts(reply)[1]) is (why != "hours")  # the telephone answers while it is open
    assert await waiting(app) == []


async def test_a_number_to_call_back_is_kept_for_the_call_alone(app, resident, nadia_id, rasa):
    rasa.answers["un agent"] = asking(address="Rue Blaes")
    reply = await resident.say("un agent")
    asked = (await resident.send(choice=choice(reply, "Être rappelé"))).json()
    assert "vous acceptez que nous le gardions pour cet appel" in texts(asked)[0]
    heard = len(rasa.received)
    noted = await resident.say("au 0470 12 34 56 svp")
    assert noted["state"] == "assistant"  # nobody will answer on the screen
    assert "un agent vous rappellera" in texts(noted)[0]
    assert len(rasa.received) == heard  # the number reaches nobody else
    assert texts(await resident.say("quel sac ?")) == ["« quel sac ? »"]
    kept = await resident.kept()
    assert kept["handed_over"]["phone"] == "+32470123456"
    assert "0470" not in str(kept["messages"])
    await at_the_desk(app, nadia_id)
    assert await app.state.handover.take(resident.opened["id"], nadia_id)
    card = await app.state.handover.card(resident.opened["id"], nadia_id)
    assert {(each.name, each.value) for each in card.facts} == {("phone", "+32470123456"), ("address", "Rue Blaes")}
    await app.state.handover.give_back(resident.opened["id"], nadia_id, "Rappelé.")
    assert "32470" not in str(await resident.kept())


async def test_who_is_to_be_called_waits_at_the_desk_and_is_asked_for_until_they_say_stop(
    app, resident, nadia_id, rasa
):
    rasa.answers["stop"] = {"messages": [message("D'accord.", tasks=[{"do": "leave_queue"}])], "language": "fr"}
    reply = await resident.say("un agent")
    async with app.state.handover.events(nadia_id) as events:
        await resident.send(choice=choice(reply, "Être rappelé"))
        await resident.say("0470 12 34 56")
        async with asyncio.timeout(5):
            assert (await anext(events)).conversation_id == resident.opened["id"]
    await resident.say("un agent")  # still nobody is there: the call stays
    (chat,) = await app.state.handover.queue([])
    assert (chat.conversation_id, chat.state) == (resident.opened["id"], "waiting")
    assert texts(await resident.say("stop")) == ["D'accord, nous ne vous rappellerons pas. Votre numéro est effacé."]
    assert rasa.received[-1]["metadata"]["kept"]["waiting"] is True
    assert (await resident.kept())["handed_over"]["phone"] is None
    assert await waiting(app) == []


async def test_who_is_to_be_called_keeps_their_place_where_an_operator_is_lost(app, resident, nadia_id, clock):
    reply = await resident.say("un agent")
    await resident.send(choice=choice(reply, "Être rappelé"))
    await resident.say("0470 12 34 56")
    await at_the_desk(app, nadia_id)
    assert await app.state.handover.take(resident.opened["id"], nadia_id)
    assert not await app.state.handover.take(resident.opened["id"], nadia_id)
    clock.forward(seconds=70)
    await app.state.sweeping.sweep()
    kept = await resident.kept()
    assert (kept["state"], kept["handed_over"]["phone"]) == ("assistant", "+32470123456")
    assert await waiting(app) == [resident.opened["id"]]


async def test_who_is_to_be_called_does_not_count_before_those_who_wait(app, resident, nadia_id):
    other = await another(app)
    reply = await other.say("un agent")
    await other.send(choice=choice(reply, "Être rappelé"))
    await other.say("0470 12 34 56")
    await at_the_desk(app, nadia_id)
    assert "en tête de la file" in "\n".join(texts(await resident.say("un agent")))


async def test_what_is_no_number_is_asked_once_more_and_a_question_is_answered(resident, nadia_id):
    reply = await resident.say("un agent")
    await resident.send(choice=choice(reply, "Être rappelé"))
    assert "Je ne reconnais pas ce numéro" in texts(await resident.say("0470 12"))[0]
    answer = await resident.say("finalement, quel sac ?")
    assert (texts(answer), answer["state"]) == (["« finalement, quel sac ? »"], "assistant")
    assert "0470" in str((await resident.kept())["messages"])
    assert "erase" not in str(await resident.kept())


async def test_a_number_nobody_called_is_forgotten_in_time_and_waits_no_more(app, resident, nadia_id, clock):
    reply = await resident.say("un agent")
    await resident.send(choice=choice(reply, "Être rappelé"))
    await resident.say("0470 12 34 56")
    clock.forward(hours=121)
    await app.state.keeping.purge()
    kept = await resident.kept()
    assert (kept["state"], kept["handed_over"]["phone"]) == ("assistant", None)


@pytest.mark.parametrize(
    ("question", "topic", "team"),
    [
        ("waste_sorting", "waste", "waste"),
        ("permit_needed", "permits", None),  # nobody of that team is there: it is everybody's
        ("greet", "other", None),
        (None, "other", None),
    ],
)
async def test_the_queue_is_by_topic_and_by_a_team_that_is_there(
    *, app, resident, nadia_id, rasa, question, topic, team
):
    await at_the_desk(app, nadia_id, teams=["waste"])
    rasa.answers["un agent"] = asking(question)
    await resident.say("un agent")
    (chat,) = await app.state.handover.queue(["waste"])
    assert (chat.topic, chat.team, chat.language, chat.question) == (topic, team, "fr", "un agent")
    assert len(await waiting(app, ["permits"])) == (team is None)


@pytest.mark.parametrize("turns_before", [0, 1])
async def test_a_question_that_was_not_understood_is_for_the_team_that_it_was_most_likely_for(
    *, app, resident, nadia_id, rasa, turns_before
):
    await at_the_desk(app, nadia_id, teams=["waste"])
    read = {"intent": "nlu_fallback", "typed": True, "guess": "waste_sorting", "replies": ["utter_not_understood"]}
    rasa.answers["euh"] = {"messages": [message("Je n'ai pas compris.")], "language": "fr", "read": [read]}
    rasa.answers["un agent"] = {**asking(None), "read": [] if turns_before else [read]}
    for words in ("euh", "un agent") if turns_before else ("un agent",):
        await resident.say(words)
    (chat,) = await app.state.handover.queue(["waste"])
    assert (chat.topic, chat.team) == ("waste", "waste")


async def test_a_resident_whose_language_is_not_known_is_told_in_both(app, staffed, rasa):
    rasa.answers["?"] = {**asking(), "language": None}
    reply = await (await another(app, None)).say("?")
    assert [each["language"] for each in reply["messages"]] == ["fr", "nl"]
    assert "U bent als eerste aan de beurt." in texts(reply)[1]


async def test_where_the_hand_over_is_off_the_hours_are_all(make_app, rasa):
    rasa.answers["un agent"] = asking()
    other = await another(make_app(hand_over="off"))
    reply = await other.say("un agent")
    assert (texts(reply), reply["state"]) == ([HOURS], "assistant")


async def test_everything_of_it_goes_with_the_conversation(app, resident, staffed):
    await resident.say("un agent")
    hand, chat_id = app.state.handover, resident.opened["id"]
    await hand.take(chat_id, staffed)
    await hand.say(chat_id, staffed, "c1234567", "Bonjour", "fr")
    await hand.note(chat_id, staffed, "À rappeler")
    exported = await resident.client.get(f"{resident.path}/export?format=text", headers=resident.headers)
    for kept in ("À rappeler", "Nadia", "Vous avez demandé un agent", await code_of(app, resident)):
        assert kept in exported.text
    await resident.client.delete(resident.path, headers=resident.headers)

    def left(connection):
        tables = ("hand_overs", "operator_words", "hand_over_notes", "hand_over_accesses")
        return [connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() for table in tables]  # noqa: S608

    assert await app.state.database.read(left) == [0, 0, 0, 0]
