"""Whatever fails behind an action, a resident is told so and given a number; nothing personal is logged."""

import logging

import httpx
import pytest

from actions.base import CityAction
from actions.registry import ACTIONS
from tests.unit.actions.dispatch import slot

FAILURES = pytest.mark.parametrize(
    "failure", [httpx.ConnectError, httpx.ConnectTimeout, httpx.ReadTimeout, 502, 503], ids=str
)
ANSWERS = pytest.mark.parametrize(
    ("action", "known", "contact"),
    [
        ("action_waste_collection_day", ("address", "street:2"), "contact_waste"),
        ("action_next_departures", ("stop", "stop:flagey"), "contact_transport"),
        ("action_permit_procedure", ("permit_type", "terrace"), "contact_city"),
        ("action_commune_contact", ("commune", "commune:ixelles"), "contact_city"),
    ],
)


@ANSWERS
async def test_a_facade_that_is_away_is_said_to_be_with_a_number_and_another_try(rasa, facade, action, known, contact):
    facade.down = httpx.ConnectError
    name, value = known
    done = await rasa.run(action, "whatever", slots={name: value})
    assert done.ids == ["utter_city_unavailable"]
    assert done.said[0].params["contact"]["id"] == contact
    assert done.said[0].payloads == [f'/inform{{"{name}": "{value}"}}']
    assert done.slots["last_question"]


@ANSWERS
async def test_a_facade_that_answers_rubbish_is_as_good_as_away(rasa, facade, action, known, contact):
    facade.broken = True
    done = await rasa.run(action, "whatever", slots=dict([known]))
    assert done.ids == ["utter_city_unavailable"]
    assert done.said[0].params["contact"]["id"] == contact


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("waste_collection_form", "address"),
        ("departures_form", "stop"),
        ("permit_procedure_form", "permit_type"),
        ("commune_contact_form", "commune"),
    ],
)
async def test_a_form_is_left_when_the_facade_is_away_and_its_answer_says_why(rasa, facade, form, name):
    facade.down = httpx.ConnectError
    done = await rasa.run(f"validate_{form}", "inform", "Bidule", form=form, asked=name)
    assert done.slots["requested_slot"] is None
    answer = next(each for each in ACTIONS if getattr(each, "form", None) == form and hasattr(each, "tell"))
    said = await rasa.run(
        answer.action_name, "inform", "Bidule", slots=done.slots, after=[slot("pending", done.slots["pending"])]
    )
    assert said.ids == ["utter_city_unavailable"]
    assert said.slots["pending"] is None


@FAILURES
async def test_the_number_of_a_person_is_said_whatever_fails(rasa, facade, failure):
    facade.down = failure
    assert (await rasa.run("action_ask_human", "ask_human")).ids == ["contact_city"]


@FAILURES
async def test_what_is_out_of_scope_is_said_whatever_fails(rasa, facade, failure):
    facade.down = failure
    done = await rasa.run("action_out_of_scope", "out_of_scope", "une fuite d'eau")
    assert done.ids == ["utter_out_of_scope"]


async def test_a_connection_that_fails_once_is_tried_again(rasa, facade, client):
    calls = []

    def once(request):
        calls.append(request)
        if len(calls) == 1:
            raise httpx.ConnectError("reset", request=request)
        return facade(request)

    client._transport = httpx.MockTransport(once)
    done = await rasa.run("action_commune_contact", "city_commune_contact", slots={"commune": "commune:ixelles"})
    assert "commune_open_now" in done.said[0].ids()
    assert len(calls) == 2


async def test_an_answer_that_takes_too_long_is_not_waited_for_twice(rasa, facade):
    facade.down = httpx.ReadTimeout
    await rasa.run("action_commune_contact", "city_commune_contact", slots={"commune": "commune:ixelles"})
    assert len(facade.requests) == 1


@pytest.mark.parametrize("action", [each for each in ACTIONS if each.action_name != "action_emergency_advice"])
async def test_an_error_inside_any_action_is_an_honest_reply_without_a_trace(rasa, monkeypatch, caplog, action):
    async def broken(self: CityAction, turn: object, say_to: object) -> None:
        raise ValueError("rue Secrète 12")

    monkeypatch.setattr(action, "answer", broken)
    with caplog.at_level(logging.DEBUG):
        done = await rasa.run(action.action_name, "inform", "rue Secrète 12")
    assert done.ids == ["utter_something_wrong"]
    assert done.said[0].params["contact"]["id"].startswith("contact_")
    assert "ValueError" in caplog.text
    assert "Secrète" not in caplog.text
    assert "Traceback" not in caplog.text


async def test_a_form_that_fails_is_left(rasa, monkeypatch):
    action = next(each for each in ACTIONS if each.action_name == "validate_departures_form")

    async def broken(self: CityAction, turn: object, say_to: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(action, "answer", broken)
    done = await rasa.run("validate_departures_form", "inform", "Flagey", form="departures_form", asked="stop")
    assert done.slots["requested_slot"] is None
    after = [slot("pending", done.slots["pending"])]
    silent = await rasa.run("action_next_departures", "inform", "Flagey", slots=done.slots, after=after)
    assert silent.ids == []
