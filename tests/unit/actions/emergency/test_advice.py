"""Beside 112, the right number for what was written; nothing at all where that is not sure."""

import httpx
import pytest

ADVICE = "action_emergency_advice"


@pytest.mark.parametrize("text", ["Ça sent le gaz !", "ik ruik gas", "smell of gas in the hall"])
async def test_gas_brings_the_number_for_gas(rasa, text):
    done = await rasa.run(ADVICE, "city_emergency", text)
    assert done.ids == ["emergency_advice"]
    assert done.said[0].params["phone"] == "0800 19 400"


@pytest.mark.parametrize(("speaks", "first"), [("fr", "0800 30 030"), ("nl", "1712")])
async def test_the_helpline_in_the_residents_language_comes_first(rasa, speaks, first):
    done = await rasa.run(ADVICE, "city_emergency", "mon mari me frappe", speaks=speaks)
    assert done.ids == ["paragraphs_2"]
    assert done.said[0].params["a"]["params"]["phone"] == first


async def test_other_emergencies_add_nothing_to_112(rasa):
    assert (await rasa.run(ADVICE, "city_emergency", "au feu")).ids == []


@pytest.mark.parametrize("failure", [httpx.ConnectError, 503])
async def test_a_failure_stays_silent(rasa, facade, failure):
    facade.down = failure
    done = await rasa.run(ADVICE, "city_emergency", "ça sent le gaz")
    assert done.ids == []
    assert done.events == []


@pytest.mark.parametrize(
    ("form", "asked"),
    [("waste_collection_form", "address"), ("departures_form", "stop"), ("commune_contact_form", "commune")],
)
async def test_a_form_never_takes_an_emergency_for_an_answer(rasa, form, asked):
    named = await rasa.run(
        f"validate_{form}", "city_emergency", "au feu rue Blaes 20", form=form, asked=asked, **{asked: "rue Blaes 20"}
    )
    assert named.rejected
    bare = await rasa.run(f"validate_{form}", "city_emergency", "au feu", form=form, asked=asked)
    assert bare.events == []
