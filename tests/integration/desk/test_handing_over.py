"""Operators and residents: taking, answering, silence, passing on, giving back, and what is seen of it."""

from __future__ import annotations

import asyncio

import pytest

from services.desk.handover import Event, GoneError, NotYoursError
from tests.integration.desk.asking import asking, at_the_desk
from tests.integration.desk.people import add_account
from tests.integration.gateway.rasa import message
from tests.integration.gateway.talking import texts


@pytest.fixture
def hand(app):
    return app.state.handover


@pytest.fixture
async def nadia_id(app):
    found = await add_account(app, "nadia")
    await at_the_desk(app, found)
    return found


@pytest.fixture
async def bert_id(app):
    found = await add_account(app, "bert")
    await at_the_desk(app, found, name="Bert")
    return found


@pytest.fixture
async def waiting(resident, nadia_id):
    await resident.say("un agent")
    return resident.opened["id"]


@pytest.fixture
async def taken(hand, waiting, nadia_id):
    assert await hand.take(waiting, nadia_id)
    return waiting


async def said(resident, author):
    return [each["text"] for each in (await resident.kept())["messages"] if each["author"] == author]


async def test_who_takes_it_is_said_to_the_resident_once(hand, taken, resident, bert_id):
    assert not await hand.take(taken, bert_id)
    assert await said(resident, "system") == [
        "Nadia, du centre d'appels de la Région, vous répond maintenant. L'assistant se tait."
    ]
    assert (await resident.kept())["state"] == "operator"


async def test_what_an_operator_says_is_said_once_and_delivered(app, hand, taken, resident, nadia_id):
    for _ in range(2):
        await hand.say(taken, nadia_id, "client-0001", "Je regarde.", "fr")
    assert await said(resident, "operator") == ["Je regarde."]
    await app.state.delivering.close()
    (line,) = [each for each in await hand.transcript(taken, nadia_id) if each.author == "operator"]
    assert (line.name, line.delivery, line.text) == ("Nadia", "delivered", "Je regarde.")
    assert await hand.transcript(taken, nadia_id, line.seq) == []


async def test_that_their_words_arrived_is_heard_by_who_has_the_conversation(*, hand, taken, nadia_id, bert_id):
    async with hand.events(nadia_id) as nadia, hand.events(bert_id) as bert:
        await hand.say(taken, nadia_id, "client-0001", "Je regarde.", "fr")
        assert [await next_event(nadia) for _ in range(2)] == [
            Event("chat", taken, "operator"),
            Event("delivery", taken),
        ]
        await hand.present(bert_id, "Bert", (), ("nl",), "away")
        assert await next_event(bert) == Event("people")


@pytest.mark.parametrize("act", ["say", "give_back", "close", "transfer"])
async def test_who_does_not_have_it_changes_nothing(hand, taken, resident, bert_id, act):
    acts = {
        "say": lambda: hand.say(taken, bert_id, "client-0001", "x", "fr"),
        "give_back": lambda: hand.give_back(taken, bert_id, "x"),
        "close": lambda: hand.close(taken, bert_id),
        "transfer": lambda: hand.transfer(taken, bert_id, to_team="waste"),
    }
    before = await resident.kept()
    with pytest.raises(NotYoursError):
        await acts[act]()
    assert await resident.kept() == before


async def test_the_assistant_is_silent_while_an_operator_has_it_also_after_a_restart(make_app, taken, resident, rasa):
    heard = len(rasa.received)
    assert await resident.say("quel sac ?") == {"messages": [], "language": "fr", "state": "operator"}
    resident.client._transport.app = make_app()
    assert await resident.say("il y a quelqu'un ?") == {"messages": [], "language": "fr", "state": "operator"}
    assert len(rasa.received) == heard


async def test_an_emergency_is_answered_at_once_whoever_has_it(app, taken, resident, rasa):
    rasa.urgent.add("il y a le feu")
    rasa.answers["il y a le feu"] = {"messages": [message("Appelez le 112.")], "language": "fr"}
    reply = await resident.say("il y a le feu")
    assert (texts(reply), reply["state"]) == (["Appelez le 112."], "operator")
    await resident.say("merci")
    count = app.state.metrics.registry.get_sample_value
    assert count("bxl_gateway_turns_total", {"by": "nobody"}) == 1


async def test_where_the_engine_is_down_an_operator_s_resident_is_still_heard(taken, resident, rasa, hand, nadia_id):
    rasa.status = 503
    assert (await resident.say("allô ?"))["messages"] == []
    assert (await hand.transcript(taken, nadia_id))[-1].text == "allô ?"


async def test_giving_it_back_says_one_thing_and_the_assistant_answers_again(hand, taken, resident, nadia_id):
    before = await said(resident, "system")
    await hand.give_back(taken, nadia_id, "Nouveau passage jeudi.")
    assert (await said(resident, "system"))[len(before) :] == [
        "Nadia vous a répondu et quitte la conversation. Ce qui est réglé : Nouveau passage jeudi.\n"
        "Pour le reste, l'assistant vous répond de nouveau."
    ]
    assert texts(await resident.say("quel sac ?")) == ["« quel sac ? »"]
    assert [each.text for each in await hand.notes(taken)] == ["Nouveau passage jeudi."]
    assert await hand.mine(nadia_id) == []


async def test_braces_in_what_was_settled_are_only_words(hand, taken, resident, nadia_id):
    await hand.give_back(taken, nadia_id, "{name} {0}")
    assert "Ce qui est réglé : {name} {0}" in (await said(resident, "system"))[-1]


async def test_a_conversation_that_is_ended_is_over(hand, taken, resident, nadia_id):
    await hand.close(taken, nadia_id)
    answer = await resident.send(text="encore une question")
    assert (answer.status_code, answer.json()["code"]) == (409, "conversation_closed")
    assert (await said(resident, "system"))[-1].startswith("Cette conversation est terminée.")


async def test_passing_it_to_a_colleague_and_to_a_team(*, hand, taken, resident, nadia_id, bert_id, clock):
    await hand.transfer(taken, nadia_id, to_operator=bert_id)
    assert [each.conversation_id for each in await hand.mine(bert_id)] == [taken]
    assert (await said(resident, "system"))[-1] == "Bert prend la suite. Vous ne devez rien répéter."
    clock.forward(seconds=30)
    await hand.transfer(taken, bert_id, to_team="permits")
    (chat,) = await hand.queue(["permits"])
    assert (chat.team, chat.owner_id, chat.state) == ("permits", None, "waiting")
    assert await hand.queue(["waste"]) == []
    assert texts(await resident.say("quel sac ?")) == ["« quel sac ? »"]


async def test_a_supervisor_gives_it_to_somebody_else(app, hand, taken, nadia_id, bert_id):
    samira = await add_account(app, "samira", "supervisor")
    await hand.reassign(taken, samira, bert_id)
    assert (await hand.mine(nadia_id), len(await hand.mine(bert_id))) == ([], 1)
    with pytest.raises(NotYoursError):
        await hand.say(taken, nadia_id, "client-0001", "x", "fr")
    assert [(each.name, each.what) for each in await hand.accesses(taken)][-1] == ("Samira", "reassigned")


async def test_each_look_is_noted_once_an_opening(hand, taken, bert_id, clock):
    for _ in range(3):
        await hand.card(taken, bert_id)
    clock.forward(minutes=16)
    await hand.card(taken, bert_id)
    assert [(each.name, each.what) for each in await hand.accesses(taken)] == [
        ("Nadia", "took"),
        ("Bert", "looked"),
        ("Bert", "looked"),
    ]


async def test_the_card_has_what_is_known_answered_and_made(app, hand, resident, rasa, nadia_id):
    rasa.answers["un agent"] = asking(address="Rue Blaes", line="81")
    made = {"do": "remember_request", "reference": "BXL-2026-00123", "key": "k", "subject": "waste_missed_collection"}
    rasa.answers["signaler"] = {"messages": [message("C'est envoyé.", tasks=[made])], "language": "fr"}
    for words in ("signaler", "un agent"):
        await resident.say(words)
    card = await hand.card(resident.opened["id"], nadia_id)
    assert {(each.name, each.value) for each in card.facts} == {("address", "Rue Blaes"), ("line", "81")}
    assert card.answered == ("C'est envoyé.",)  # not what was said of the queue
    assert card.references == ("BXL-2026-00123",)
    assert len(card.code) == 4
    assert card.chat.state == "waiting"


async def test_a_code_opens_the_conversation_until_its_time_is_over(hand, waiting, nadia_id, clock, resident):
    code = (await hand.card(waiting, nadia_id)).code
    typed = f" {code[:2].lower()}-{code[2:]} "
    assert await hand.by_code(typed, nadia_id) == waiting
    assert await hand.by_code("0000", nadia_id) is None
    clock.forward(minutes=121)
    assert await hand.by_code(code, nadia_id) is None


async def test_what_was_given_back_is_shown_while_its_code_holds_and_then_to_nobody(hand, taken, nadia_id, clock):
    await hand.give_back(taken, nadia_id, "Réglé.")
    assert (await hand.card(taken, nadia_id)).chat.state == "assistant"
    clock.forward(minutes=121)
    for act in (hand.card(taken, nadia_id), hand.transcript(taken, nadia_id), hand.note(taken, nadia_id, "x")):
        with pytest.raises(GoneError):
            await act


async def test_a_conversation_that_was_erased_is_gone(hand, taken, resident, nadia_id):
    await resident.client.delete(resident.path, headers=resident.headers)
    with pytest.raises(GoneError):
        await hand.say(taken, nadia_id, "client-0001", "x", "fr")
    with pytest.raises(GoneError):
        await hand.take(taken, nadia_id)


@pytest.mark.parametrize("has_it", [True, False])
async def test_an_erasure_is_heard_by_who_saw_it(*, hand, resident, waiting, nadia_id, has_it):
    if has_it:
        await hand.take(waiting, nadia_id)
    async with hand.events(nadia_id) as events:
        await resident.client.delete(resident.path, headers=resident.headers)
        assert await next_event(events) == (Event("chats", waiting) if has_it else Event("queue"))


async def test_a_lost_connection_puts_it_back_after_a_grace_time_with_one_message(
    *, app, hand, taken, resident, nadia_id, bert_id, clock
):
    clock.forward(seconds=50)
    await at_the_desk(app, bert_id, name="Bert")
    await app.state.sweeping.sweep()
    assert (await resident.kept())["state"] == "operator"
    clock.forward(seconds=20)
    before = await said(resident, "system")
    for _ in range(2):
        await app.state.sweeping.sweep()
    assert (await said(resident, "system"))[len(before) :] == [
        "Nadia a perdu la connexion. Vous gardez votre place : un collègue continuera ici. "
        "Entre-temps, l'assistant vous répond."
    ]
    assert [each.conversation_id for each in await hand.queue([])] == [taken]
    assert await hand.take(taken, bert_id)
    assert [each.what for each in await hand.accesses(taken)] == ["took", "lost", "took"]


async def test_after_a_restart_operators_have_the_grace_time_to_come_back(make_app, taken, resident, nadia_id, clock):
    clock.forward(minutes=10)
    again = make_app()
    await again.state.sweeping.sweep()
    clock.forward(seconds=30)
    await at_the_desk(again, nadia_id)
    clock.forward(seconds=40)
    await again.state.sweeping.sweep()
    assert (await resident.kept())["state"] == "operator"


async def test_where_everybody_has_left_who_waits_is_told_and_offered_a_call(app, waiting, resident, clock):
    clock.forward(seconds=70)
    for _ in range(2):
        await app.state.sweeping.sweep()
    kept = await resident.kept()
    assert kept["state"] == "assistant"
    last = kept["messages"][-1]
    assert "Tous les agents sont partis" in last["text"]
    assert [each["label"] for each in last["choices"]] == ["Être rappelé"]
    assert len(await said(resident, "system")) == 1


async def test_supervisors_see_queues_people_and_conversations(hand, taken, resident, nadia_id, bert_id):
    seen = await hand.overview()
    assert [(each.name, each.chats) for each in seen.people] == [("Bert", 0), ("Nadia", 1)]
    assert (list(seen.queues), [each.owner_name for each in seen.chats]) == ([], ["Nadia"])


async def test_suggestions_are_the_assistant_s_answer_beside_the_conversation(hand, taken, resident, rasa):
    await resident.say("quel sac ?")
    rasa.answers["quel sac ?"] = {
        "messages": [message("Le sac bleu.", source={"name": "Bruxelles-Propreté"}, tasks=[{"do": "erase"}])],
        "language": "fr",
    }
    for _ in range(2):
        (suggestion,) = await hand.suggest(taken)
    assert (suggestion.text, suggestion.language, suggestion.source) == ("Le sac bleu.", "fr", "Bruxelles-Propreté")
    beside = [each for each in rasa.received if each["metadata"].get("aside_of")]
    assert len(beside) == 1
    assert beside[0]["sender"] != taken
    assert beside[0]["metadata"]["aside_of"] == taken
    assert (await resident.kept())["messages"][-1]["text"] == "quel sac ?"


async def test_where_the_engine_is_down_there_are_no_suggestions(hand, taken, rasa):
    rasa.status = 500
    assert await hand.suggest(taken) == []


async def next_event(events):
    async with asyncio.timeout(5):
        return await anext(events)


async def test_an_operator_hears_who_waits_and_what_their_residents_write(hand, resident, nadia_id, bert_id):
    async with hand.events(nadia_id) as nadia, hand.events(bert_id) as bert:
        await resident.say("un agent")
        chat_id = resident.opened["id"]
        assert await next_event(nadia) == await next_event(bert) == Event("queue", chat_id)
        await hand.take(chat_id, nadia_id)
        assert [await next_event(nadia) for _ in range(2)] == [Event("queue"), Event("chats", chat_id)]
        assert await next_event(bert) == Event("queue")
        await resident.say("merci")
        assert await next_event(nadia) == Event("chat", chat_id, "resident")
        await hand.present(bert_id, "Bert", (), ("nl",), "away")
        assert await next_event(bert) == Event("people")  # not what is said to a colleague
        await hand.card(chat_id, bert_id)
        await hand.say(chat_id, nadia_id, "client-0001", "Bonjour", "fr")
        assert await next_event(bert) == Event("chat", chat_id, "operator")  # unless it is on the screen


async def test_of_many_who_take_the_same_at_the_same_instant_exactly_one_gets_it(app, hand, waiting, resident):
    ids = [await add_account(app, f"operator{number}") for number in range(25)]
    for operator_id in ids:
        await at_the_desk(app, operator_id, name=operator_id[:8])
    won = await asyncio.gather(*(hand.take(waiting, operator_id) for operator_id in ids))
    assert won.count(True) == 1
    assert [each.conversation_id for each in await hand.mine(ids[won.index(True)])] == [waiting]
    assert len(await said(resident, "system")) == 1


async def test_the_metrics_count_who_waits_and_how_long(app, hand, waiting, nadia_id, clock):
    await app.state.sweeping.measure()
    registry = app.state.metrics.registry
    assert registry.get_sample_value("bxl_gateway_hand_over_waiting") == 1
    assert registry.get_sample_value("bxl_gateway_operators") == 1
    clock.forward(seconds=40)
    await hand.take(waiting, nadia_id)
    await app.state.sweeping.measure()
    assert registry.get_sample_value("bxl_gateway_hand_over_taken") == 1
    assert registry.get_sample_value("bxl_gateway_hand_over_wait_seconds_sum") == 40
