"""Greetings, help, yes and no, and a way to a person."""

from pathlib import Path

import httpx
import pytest
import yaml

from tests.unit.actions import city_data
from tests.unit.actions.dispatch import acted, slot, user

ROOT = Path(__file__).parents[4]

TOPICS = [
    "/waste_collection_day",
    "/transport_next_departures",
    "/permit_procedure",
    "/city_commune_contact",
    "/ask_help",
]


async def test_a_greeting_offers_the_topics(rasa):
    done = await rasa.run("action_greet", "greet", "bonjour")
    assert done.ids == ["utter_greet"]
    assert done.said[0].payloads == TOPICS


async def test_a_greeting_in_the_middle_of_a_question_offers_nothing_else(rasa):
    done = await rasa.run("action_greet", "greet", "bonjour", form="departures_form", asked="stop")
    assert done.ids == ["utter_greet_again"]
    assert done.said[0].payloads == []


async def test_help_offers_the_topics_and_a_person(rasa):
    done = await rasa.run("action_help", "ask_help", "aide")
    assert done.ids == ["utter_help"]
    topics = [f'/ask_help{{"topic": "{topic}"}}' for topic in ("waste", "transport", "permit", "city")]
    assert done.said[0].payloads == [*topics, "/ask_human"]


@pytest.mark.parametrize("topic", ["waste", "transport", "permit", "city"])
async def test_a_topic_offers_each_of_its_questions(rasa, topic):
    done = await rasa.run("action_help", "ask_help", topic=topic)
    asked = [payload.removeprefix("/") for payload in done.said[0].payloads]
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    known = {intent for intent in domain["intents"] if intent.startswith(f"{topic}_")} - {"city_emergency"}
    assert set(asked) - {"ask_help"} == known


async def test_that_is_wrong_is_a_no_to_a_guess_and_a_complaint_elsewhere(rasa):
    guess = {"slot": "intent", "intents": ["waste_collection_day"], "facts": {}, "yes": "waste_collection_day"}
    before = [user("nlu_fallback"), acted("action_clarify"), slot("pending", guess)]
    done = await rasa.run("action_take_feedback", "feedback_negative", "faux", slots={"pending": guess}, before=before)
    assert done.calls_for == "action_deny"
    done = await rasa.run("action_take_feedback", "feedback_negative", "faux")
    assert done.ids == ["utter_feedback_negative"]


@pytest.mark.parametrize(
    "text",
    [
        "bravo, ça fait trois heures que j'attends",
        "top zeg, bedankt voor niks",
        "oh great, another useless robot",
    ],
)
async def test_sarcasm_is_no_praise(rasa, text):
    done = await rasa.run("action_take_feedback", "feedback_positive", text)
    assert done.ids == ["utter_feedback_negative"]


async def test_praise_is_thanked_for(rasa):
    done = await rasa.run("action_take_feedback", "feedback_positive", "super, merci, c'est utile")
    assert done.ids == ["utter_feedback_positive"]


@pytest.mark.parametrize(
    ("action", "before", "reply"),
    [
        ("action_affirm", [], "utter_affirmed"),
        ("action_affirm", [user("x"), acted("action_next_departures")], "utter_acknowledged"),
        ("action_affirm", [user("x"), acted("action_next_departures"), user("thank"), acted("utter_thank")],
         "utter_affirmed"),
        ("action_deny", [], "utter_denied"),
        ("action_deny", [user("thank"), acted("utter_thank"), acted("action_listen")], "utter_goodbye"),
    ],
)  # fmt: skip
async def test_yes_and_no_fit_what_was_said_before(rasa, action, before, reply):
    done = await rasa.run(action, action.removeprefix("action_"), "…", before=before)
    assert done.ids == [reply]


async def test_a_person_can_be_reached_now_until(rasa):
    done = await rasa.run("action_ask_human", "ask_human")
    reply = done.said[0]
    assert reply.part("human_phone") == {"phone": "0800 13 680"}
    assert reply.part("human_open")["until"]["v"] == "2026-11-24T16:00:00+01:00"
    assert len(reply.part("hours_line")["spans"]["items"]) == 2


async def test_the_gateway_is_told_that_a_person_is_asked_for_and_what_is_known(rasa):
    slots = {"last_question": "waste_sorting", "commune": "commune:ixelles", "line": "81", "stop": "rue des x"}
    slots["address"] = "address:1:20"
    done = await rasa.run("action_ask_human", "ask_human", slots=slots)
    (task,) = done.said[0].tasks
    assert (task["do"], task["question"], task["open"]) == ("ask_person", "waste_sorting", True)
    known = {"address": "Rue Blaes 20 / Blaesstraat 20", "commune": "Ixelles / Elsene"}
    assert task["facts"] == {**known, "line": "81", "stop": "rue des x"}


async def test_a_place_that_is_not_found_is_not_told_by_its_number(rasa):
    done = await rasa.run("action_ask_human", "ask_human", slots={"address": "address:0:0"})
    assert done.said[0].tasks[0]["facts"] == {}


async def test_a_person_is_asked_for_where_the_city_is_down_as_well(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run("action_ask_human", "ask_human", slots={"last_question": "waste_sorting"})
    (task,) = done.said[0].tasks
    assert (task["do"], task["question"], task["open"]) == ("ask_person", "waste_sorting", None)


@pytest.mark.parametrize(
    ("kept", "form", "leaves"),
    [({"waiting": True}, None, True), ({"waiting": True}, "departures_form", False), ({}, None, False)],
)
async def test_stop_leaves_the_queue_where_nothing_else_is_to_be_stopped(rasa, kept, form, leaves):
    done = await rasa.run("action_stop", "stop", "stop", kept=kept, form=form)
    assert done.said[0].tasks == ([{"do": "leave_queue"}] if leaves else [])


async def test_outside_office_hours_the_next_opening_is_said(rasa, monkeypatch):
    closed = [
        {**each, "open_now": False, "opens_next": "2026-11-25T09:00:00+01:00"} if each["id"] == "call_centre" else each
        for each in city_data.CONTACTS
    ]
    monkeypatch.setattr(city_data, "CONTACTS", closed)
    done = await rasa.run("action_ask_human", "ask_human")
    opens = done.said[0].part("human_closed_opens")["opens"]["params"]
    assert opens["day"]["v"] == "2026-11-25"
    assert "human_open" not in done.said[0].ids()


@pytest.mark.parametrize(("likely", "named"), [(0.4, True), (0.1, False)])
async def test_what_may_be_an_emergency_after_all_names_its_number(rasa, likely, named):
    ranking = [("out_of_scope", 0.9), ("city_emergency", likely)]
    done = await rasa.run("action_out_of_scope", "out_of_scope", "mes voisins crient", ranking=ranking)
    assert done.ids == ["utter_out_of_scope", *(["utter_if_in_danger"] if named else [])]


async def test_what_is_out_of_scope_says_so_and_what_is_in_it(rasa):
    done = await rasa.run("action_out_of_scope", "out_of_scope", "Quelle est la capitale du Pérou ?")
    assert done.ids == ["utter_out_of_scope"]
    assert done.said[0].params["contact"]["id"] == "contact_city"
    assert done.said[0].payloads == [*TOPICS, "/ask_human"]


@pytest.mark.parametrize(
    ("text", "leads"),
    [("hoeveel kost die?", "action_resident_parking"), ("hoeveel kost een pizza?", None)],
)
async def test_a_facet_that_only_points_back_is_about_the_procedure_before(rasa, text, leads):
    slots = {"last_question": "permit_resident_parking", "shown": {"commune": "commune:ixelles"}}
    done = await rasa.run("action_out_of_scope", "out_of_scope", text, slots=slots)
    assert done.calls_for == leads
    if leads:
        assert done.slots["shown"]["facet"] == "cost"


@pytest.mark.parametrize("text", ["Il y a une fuite d'eau", "Ik heb een waterlek", "we have a water leak here"])
async def test_what_someone_else_knows_names_them(rasa, text):
    done = await rasa.run("action_out_of_scope", "out_of_scope", text)
    assert done.ids == ["utter_known_elsewhere"]
    assert done.said[0].params["phone"] == "02 739 52 11"
    assert done.said[0].params["name"]["nl"] == "water_fault NL"
    assert done.said[0].source["name"] == "Test feed"
