"""Whether a vehicle may drive in the low-emission zone."""

import httpx
import pytest

ACTION, INTENT = "action_lez_check", "transport_lez_check"
DIESEL = {"vehicle": "car", "fuel": "diesel"}


def facts(said):
    """Return the texts of the façade in a reply, in order."""
    return [params["fact"]["fr"] for name, params in said.texts() if name == "lez_fact"]


async def test_a_vehicle_that_may_not_drive_is_told_the_rule_its_date_the_pass_and_registration(rasa, facade):
    done = await rasa.run(ACTION, INTENT, "ma diesel euro 5", **DIESEL, euro_norm="5")
    (said,) = done.said
    asked = {"vehicle": "car", "fuel": "diesel", "euro": "5", "date": "2026-11-24", "lang": "fr"}
    assert facade.asked("/v1/transport/lez") == [asked]
    first = said.part("lez_not_allowed")
    assert (first["vehicle"]["id"], first["day"]["v"]) == ("lez_a_car", "2026-11-24")
    assert said.part("lez_rule_since")["starts"]["v"] == "2025-09-11"
    assert said.part("lez_day_pass")["price"]["v"] == 35
    assert facts(said) == ["rule fr", "fine fr", "pass fr", "exemptions fr", "registration fr"]
    assert said.source["url"] == "https://lez.example/"
    assert done.slots["shown"] == {**DIESEL, "euro_norm": "5"}


async def test_a_vehicle_that_may_drive_needs_no_pass(rasa):
    done = await rasa.run(ACTION, INTENT, **DIESEL, euro_norm="6")
    assert "lez_allowed" in done.said[0].ids()
    assert facts(done.said[0]) == ["rule fr", "registration fr"]


async def test_the_vehicle_the_fuel_and_the_norm_are_asked_for_one_at_a_time(rasa):
    done = await rasa.run(ACTION, INTENT, "ma voiture peut rouler à Bruxelles ?")
    for reply, choice, fact in (
        ("ask_lez_vehicle", '/inform{"vehicle": "car"}', {"vehicle": "car"}),
        ("ask_lez_fuel", '/inform{"fuel": "diesel"}', {"fuel": "diesel"}),
        ("ask_lez_euro", '/inform{"euro_norm": "4"}', {"euro_norm": "4"}),
    ):
        assert done.ids == [reply]
        assert choice in done.said[0].payloads
        slots = {"last_question": INTENT, "shown": done.slots["shown"]}
        assert (await rasa.run("action_follow_up", "inform", slots=slots, **fact)).calls_for == ACTION
        done = await rasa.run(ACTION, "inform", slots=slots, **fact)
    assert "lez_not_allowed" in done.said[0].ids()


async def test_facts_that_come_in_another_order_are_kept(rasa):
    slots = {"last_question": INTENT, "shown": {"asked_for": "vehicle"}}
    done = await rasa.run(ACTION, "inform", "diesel euro 5", slots=slots, fuel="diesel", euro_norm="5")
    assert {"lez_noted", "ask_lez_vehicle"} <= set(done.said[0].ids())  # the same question, yet not without a word
    assert done.slots["shown"].items() >= {"fuel": "diesel", "euro_norm": "5"}.items()


async def test_a_number_alone_is_the_norm_that_was_asked_for(rasa):
    slots = {"last_question": INTENT, "shown": {**DIESEL, "asked_for": "euro_norm"}}
    assert (await rasa.run("action_follow_up", "inform", "5", slots=slots, line="5")).calls_for == ACTION
    done = await rasa.run(ACTION, "inform", "5", slots=slots, line="5")
    assert "lez_not_allowed" in done.said[0].ids()


async def test_who_does_not_know_the_norm_is_asked_for_the_year_and_told_that_it_is_estimated(rasa):
    slots = {"last_question": INTENT, "shown": {**DIESEL, "asked_for": "euro_norm"}}
    asked = await rasa.run(ACTION, "inform", slots=slots, euro_norm="unknown")
    assert asked.ids == ["ask_lez_registered"]
    slots = {"last_question": INTENT, "shown": asked.slots["shown"]}
    done = await rasa.run(ACTION, "inform", "en 2010", slots=slots)
    assert {"lez_not_allowed", "lez_estimated"} <= set(done.said[0].ids())


async def test_a_year_in_the_question_is_that_of_the_registration(rasa, facade):
    await rasa.run(ACTION, INTENT, "ma golf diesel de 2010 ?", **DIESEL)
    assert facade.asked("/v1/transport/lez")[-1]["first_registered"] == "2010-01-01"


async def test_a_year_to_come_is_the_day_to_drive(rasa, facade):
    done = await rasa.run(ACTION, INTENT, "ma diesel euro 6 en 2029 ?", **DIESEL, euro_norm="6")
    assert facade.asked("/v1/transport/lez")[-1]["date"] == "2029-01-01"
    assert {"lez_day_unknown", "lez_check"} <= set(done.said[0].ids())


async def test_of_a_van_without_a_norm_there_is_no_guess(rasa):
    done = await rasa.run(ACTION, INTENT, vehicle="van", fuel="diesel", euro_norm="unknown")
    assert "lez_norm_needed" in done.said[0].ids()


async def test_an_electric_vehicle_may_always_drive(rasa):
    done = await rasa.run(ACTION, INTENT, fuel="electric")
    assert "lez_always" in done.said[0].ids()


async def test_kinds_without_a_known_rule_are_sent_to_check(rasa):
    done = await rasa.run(ACTION, INTENT, vehicle="lorry", fuel="diesel", euro_norm="5")
    assert {"lez_kind_unknown", "lez_check"} <= set(done.said[0].ids())


@pytest.mark.parametrize(
    ("text", "fact"),
    [("combien coûte un pass d'un jour", "pass fr"), ("mijn nonkel heeft een buitenlandse plaat", "registration fr")],
)
async def test_what_is_asked_besides_the_vehicle_is_answered_before_the_question(rasa, text, fact):
    done = await rasa.run(ACTION, INTENT, text)
    assert facts(done.said[0]) == [fact]
    assert "ask_lez_vehicle" in done.said[0].ids()


async def test_another_day_or_another_norm_goes_on_with_the_question(rasa, facade):
    slots = {"last_question": INTENT, "shown": {**DIESEL, "euro_norm": "5"}}
    await rasa.run(ACTION, "inform", "et le 3 mars 2027 ?", slots=slots, date="3 mars 2027")
    assert facade.asked("/v1/transport/lez")[-1]["date"] == "2027-03-03"
    done = await rasa.run(ACTION, "correct_input", "non, euro 6", slots=slots, euro_norm="6")
    assert "lez_allowed" in done.said[0].ids()


async def test_the_facade_that_is_down_gives_a_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT, **DIESEL, euro_norm="5")
    assert done.said[0].params["contact"]["id"] == "contact_city"


async def test_a_question_about_a_fine_is_sent_to_who_knows_it(rasa):
    done = await rasa.run(ACTION, INTENT, "j'ai reçu une amende")
    assert done.said[0].part("lez_fine_received") == {"url": "https://check.example/"}
    assert "ask_lez_vehicle" in done.said[0].ids()


CHECKED = {"last_question": INTENT, "shown": {**DIESEL, "euro_norm": "5"}}


async def test_the_fine_is_said_alone_after_the_verdict(rasa):
    done = await rasa.run(ACTION, "inform", "et l'amende ?", slots=CHECKED)
    assert "lez_fine_received" in done.said[0].ids()
    assert "lez_not_allowed" not in done.said[0].ids()


async def test_a_year_alone_goes_on_with_the_vehicle(rasa, facade):
    await rasa.run(ACTION, "inform", "et en 2027 ?", slots=CHECKED)
    assert facade.asked("/v1/transport/lez")[-1]["date"] == "2027-01-01"


async def test_words_about_nothing_are_not_answered_with_the_verdict_again(rasa):
    done = await rasa.run(ACTION, "nlu_fallback", "les carottes cuites", slots=CHECKED)
    assert done.ids == ["utter_not_understood"]
