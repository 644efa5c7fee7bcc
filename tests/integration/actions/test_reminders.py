"""Reminders of collections: asked for in the form, shown with their first date, set after a yes, listed and stopped."""

from types import SimpleNamespace

import pytest

from actions.filing.collecting import MAX_MISSES
from actions.reminders.fields import HourField
from actions.turn import Turn
from kit.clock import FixedClock
from tests.integration.actions.conftest import NOW
from tests.integration.actions.talking import labels

REMIND = "waste_reminder"
BLAES = {"fr": "Rue Blaes 20", "nl": "Blaesstraat 20", "en": "Rue Blaes 20"}


def kept(**more):
    """Return something that is followed as the gateway tells of it: a reminder unless it is said to be another."""
    return {
        "id": "r1",
        "kind": "collections",
        "subject": "address:4012:20",
        "name": BLAES,
        "fraction": None,
        "at": None,
        "quiet": ["22:00", "07:00"],
        "last_day": None,
        **more,
    }


def shown(said):
    """Return the facts that are shown before it is set."""
    return {name: params["value"] for name, params in said.texts() if "value" in params}


async def ask(talk):
    (show,) = await talk.say(REMIND, "rappelle-moi les poubelles rue Blaes 20", address="rue Blaes 20")
    return show


async def test_every_bag_the_evening_before_unless_something_else_is_said(talk):
    (question,) = await talk.say(REMIND, "rappelle-moi de sortir les poubelles")
    assert question.id == "ask_filing_house"
    (show,) = await talk.say("inform", "rue Blaes 20", address="rue Blaes 20")
    facts = shown(show)
    assert facts["reminder_bags"]["id"] == "reminder_every_bag"
    assert facts["reminder_hour"]["id"] == "reminder_when_out"
    assert facts["reminder_first"]["params"]["time"]["v"].startswith("2026-11-")
    assert labels(show)[:4] == [
        "choice_reminder_yes",
        "choice_filing_change",
        "choice_reminder_one_bag",
        "choice_reminder_other_hour",
    ]
    assert show.tasks == []
    (done,) = await talk.choose(show, 0)
    (task,) = done.tasks
    assert (task["do"], task["kind"]) == ("subscribe", "collections")
    assert done.source["sample"]
    assert (task["subject"].split(":")[0], task["fraction"], task["at"]) == ("address", None, None)
    assert task["name"]["fr"].endswith("20")
    assert task["name"]["nl"].endswith("20")
    assert talk.slots["draft"] is None


async def test_the_first_reminder_is_that_of_the_collections_at_the_address(talk, http):
    first = shown(await ask(talk))["reminder_first"]["params"]["time"]["v"]
    place = talk.slots["draft"]["facts"]["place"]["value"]["id"]
    items = (await http.get("/v1/waste/collections", params={"place": place, "days": 28})).json()["items"]
    assert first == min(item["put_out"]["from"] for item in items if item["put_out"]["from"] > "2026-11-24T08:15")


async def test_a_bag_and_an_hour_in_the_first_message_are_taken(talk):
    said = await talk.say(
        REMIND, "stuur 20u bericht voor blauwe, rue Blaes 20", address="rue Blaes 20", fraction="blue", time="20u"
    )
    (done,) = await talk.choose(said[0], 0)
    assert [(task["fraction"], task["at"]) for task in done.tasks] == [("blue", "20:00")]


async def test_bags_are_chosen_and_corrected(talk):
    show = await ask(talk)
    (question,) = await talk.choose(show, 2)
    assert question.id == "ask_reminder_bags"
    (show,) = await talk.say("inform", "blanc", fraction="white")
    (show,) = await talk.say("correct_input", "non, le bleu", fraction="blue")
    (done,) = await talk.choose(show, 0)
    assert [task["fraction"] for task in done.tasks] == ["blue"]


async def test_another_hour_moves_the_first_reminder(talk):
    before = shown(await ask(talk))["reminder_first"]
    show = await talk.say("deny", "non")
    (question,) = await talk.choose(show[0], labels(show[0]).index("reminder_change_hour"))
    assert question.id == "ask_reminder_hour"
    (show,) = await talk.say("inform", "20h30", time="20h30")
    after = shown(show)["reminder_first"]
    assert before != after
    assert "T20:30" in after["params"]["time"]["v"]


@pytest.mark.parametrize(
    ("written", "times", "at"),
    [
        ("mets à 19h au lieu de 18h", ["19h", "18h"], "19:00"),
        ("change my reminder from 18 to 21h", ["18", "21h"], "21:00"),
        ("at 7", ["7"], "19:00"),
        ("à 6h du matin", ["6h du matin"], "06:00"),
    ],
)
async def test_of_two_times_the_wanted_one_is_taken(written, times, at):
    message = {"text": written, "entities": [{"entity": "time", "value": each} for each in times]}
    turn = Turn(SimpleNamespace(latest_message=message))
    services = SimpleNamespace(clock=FixedClock(NOW))
    assert (await HourField().found(turn, None, services)).value == at


async def test_an_address_without_collections_is_said_so_and_another_one_is_taken(talk):
    (question,) = await talk.say(REMIND, "rappel avenue Louise 1", address="address:999999:1")
    assert question.id in {"filing_place_gone", "filing_no_rounds"}
    (show,) = await talk.say("inform", "rue Blaes 20", address="rue Blaes 20")
    assert "reminder_first" in shown(show)


async def test_a_bag_that_is_not_collected_there_is_asked_for_anew(talk, http):
    show = await ask(talk)
    place = talk.slots["draft"]["facts"]["place"]["value"]["id"]
    items = (await http.get("/v1/waste/collections", params={"place": place, "days": 28})).json()["items"]
    there = {item["fraction"] for item in items}
    missing = next((each for each in ("green", "orange", "blue", "yellow", "white") if each not in there), None)
    if missing is None:
        assert len(there) == 5
        return
    (question,) = await talk.say("inform", "x", fraction=missing)
    assert question.id == "reminder_bag_not_there"
    (show,) = await talk.choose(question, 0)
    assert shown(show)["reminder_bags"]["id"] == "reminder_every_bag"


async def test_while_the_city_is_down_nothing_is_set_and_it_can_be_tried_again(talk, line):
    show = await ask(talk)
    line.cut = "before"
    (sorry,) = await talk.choose(show, 0)
    assert (sorry.id, sorry.tasks) == ("reminder_not_set", [])
    line.cut = ""
    (again,) = await talk.choose(sorry, 0)
    (done,) = await talk.choose(again, 0)
    assert [task["do"] for task in done.tasks] == ["subscribe"]


async def test_to_change_the_only_reminder_its_address_need_not_be_said(talk):
    show = await ask(talk)
    place = talk.slots["draft"]["facts"]["place"]["value"]["id"]
    await talk.choose(show, 0)
    talk.kept = {"subscriptions": [kept(subject=place)]}
    (show,) = await talk.say(REMIND, "change le rappel à 20h", time="20h")
    assert shown(show)["filing_place"]
    (done,) = await talk.choose(show, 0)
    assert (done.tasks[0]["subject"], done.tasks[0]["at"]) == (place, "20:00")


async def test_stopping_reminders_in_the_middle_of_a_request_is_left_to_the_rules(talk):
    await talk.say("waste_missed_collection", "nos sacs sont restés")
    talk.kept = {"subscriptions": [kept()]}
    assert await talk.say(REMIND, "stop aux rappels") == []
    assert talk.slots["draft"]["misses"] < MAX_MISSES


async def run(talk, intent, text="", action="action_waste_reminder", **entities):
    return await talk.rasa.run(action, intent, text, kept=talk.kept, **entities)


@pytest.mark.parametrize(
    "words",
    [
        "stop the bin reminders",
        "stop aux rappels",
        "arrete de me biper pr les sacs",
        "zet die herinnering af",
        "geen berichten meer over zakken",
        "no more trash messages",
        "don't want anymore reminder",
        "je ne veux plus recevoir vos messages",
        "turn off the reminders",
    ],
)
async def test_a_few_words_stop_them(talk, words):
    talk.kept = {"subscriptions": [kept(), kept(id="r2", fraction="blue")]}
    done = await run(talk, REMIND, words)
    assert done.ids == ["reminder_stopped"]
    assert done.said[0].tasks == [{"do": "unsubscribe", "ids": ["r1", "r2"]}]


@pytest.mark.parametrize(
    "words",
    [
        "rappelle-moi de sortir les poubelles",
        "remind me so i stop forgetting the bags",
        "change l'heure de mes rappels",
        "remind me the night before trash day pls i always forget",
        "herinnering vuilzakken",
    ],
)
async def test_who_wants_one_is_asked_for_the_address(talk, words):
    assert (await run(talk, REMIND, words)).calls_for == "filing_form"


async def test_only_a_bag_narrows_and_stops_nothing(talk):
    talk.kept = {"subscriptions": [kept()]}
    done = await run(talk, REMIND, "only tell me for blue, i dont want msgs for the others", fraction="blue")
    assert done.calls_for == "filing_form"


async def test_a_bag_that_is_named_stops_its_reminder_alone(talk):
    talk.kept = {"subscriptions": [kept(fraction="yellow"), kept(id="r2", fraction="blue")]}
    done = await run(talk, REMIND, "stop le rappel du bleu", fraction="blue")
    assert done.said[0].tasks == [{"do": "unsubscribe", "ids": ["r2"]}]


async def test_of_several_addresses_the_one_to_stop_is_chosen(talk):
    talk.kept = {"subscriptions": [kept(), kept(id="r2", subject="address:1:2")]}
    done = await run(talk, REMIND, "stop les alertes pour la rue Haute", address="rue Haute")
    assert "reminder_which" in done.said[0].ids()
    assert done.said[0].payloads == [
        '/waste_reminder{"reminder": "r1"}',
        '/waste_reminder{"reminder": "r2"}',
        '/waste_reminder{"reminder": "all"}',
        '/waste_reminder{"reminder": "quiet"}',
    ]
    done = await run(talk, REMIND, reminder="r2")
    assert done.said[0].tasks == [{"do": "unsubscribe", "ids": ["r2"]}]
    done = await run(talk, REMIND, reminder="all")
    assert done.said[0].tasks == [{"do": "unsubscribe", "ids": ["r1", "r2"]}]


async def test_a_button_of_a_reminder_that_is_stopped_already_says_so(talk):
    talk.kept = {"subscriptions": [kept()]}
    done = await run(talk, REMIND, reminder="gone")
    assert (done.ids, done.said[0].tasks) == (["reminder_stopped_before"], [])


async def test_reminders_are_listed(talk):
    talk.kept = {"subscriptions": [kept(at="20:00", fraction="blue")]}
    (said,) = (await run(talk, REMIND, "do i have reminders on?")).said
    assert "reminder_list" in said.ids()
    assert said.part("reminder_line_at")["at"]["v"].endswith("20:00:00+01:00")


async def test_without_a_reminder_one_is_offered(talk):
    (said,) = (await run(talk, REMIND, "stop aux rappels")).said
    assert (said.id, said.payloads) == ("reminder_none", ["/waste_reminder"])


async def test_one_word_after_a_reminder_stops_it(talk):
    talk.kept = {"subscriptions": [kept(), kept(id="r2")], "told": "r2"}
    done = await run(talk, "stop", "stop", "action_stop")
    assert done.said[0].tasks == [{"do": "unsubscribe", "ids": ["r2"]}]


async def test_one_word_at_another_time_stops_no_reminder(talk):
    talk.kept = {"subscriptions": [kept()]}
    done = await run(talk, "stop", "stop", "action_stop")
    assert (done.ids, done.said[0].tasks) == (["utter_stopped"], [])
