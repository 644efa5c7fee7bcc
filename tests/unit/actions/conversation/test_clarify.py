"""What is not understood is asked about once, in plain words; then a person is offered."""

import pytest

from tests.unit.actions.dispatch import acted, slot, user

CLARIFY, FALLBACK = "action_clarify", "nlu_fallback"
CLOSE = [("waste_collection_day", 0.3), ("city_commune_contact", 0.28), ("greet", 0.2)]
CLEAR = [("waste_collection_day", 0.33), ("greet", 0.2), ("permit_procedure", 0.03)]


async def test_two_likely_questions_are_offered_with_what_was_said(rasa):
    done = await rasa.run(CLARIFY, FALLBACK, "et rue Blaes", address="rue Blaes", ranking=CLOSE)
    assert done.ids == ["which_topic"]
    assert done.said[0].payloads == [
        '/waste_collection_day{"address": "rue Blaes"}',
        '/city_commune_contact{"address": "rue Blaes"}',
        "/ask_help",
    ]


async def test_one_likely_question_is_a_yes_or_no_question(rasa):
    done = await rasa.run(CLARIFY, FALLBACK, "sacs truc", fraction="yellow", ranking=CLEAR)
    assert done.ids == ["did_you_mean_topic"]
    assert done.said[0].params["topic"]["id"] == "choice_waste"
    pending = done.slots["pending"]
    before = [user(FALLBACK), acted(CLARIFY), slot("pending", pending)]
    slots = {"pending": pending, "date": "demain"}
    yes = await rasa.run("action_affirm", "affirm", "oui", slots=slots, before=before)
    assert yes.calls_for == "waste_collection_form"
    assert yes.slots == {"pending": None, "fraction": "yellow", "date": None}
    no = await rasa.run("action_deny", "deny", "non", slots=slots, before=before)
    assert no.ids == ["utter_denied"]
    assert "/ask_human" in no.said[0].payloads


async def test_a_yes_to_a_guess_without_a_form_keeps_what_was_said(rasa):
    ranking = [("transport_lez_check", 0.4), ("out_of_scope", 0.05)]
    asked = await rasa.run(CLARIFY, FALLBACK, "euro 5 ça va ?", ranking=ranking, euro_norm="5", line="5")
    before = [user(FALLBACK), slot("pending", asked.slots["pending"])]
    slots = {"pending": asked.slots["pending"], "shown": {"direction": "Simonis"}}
    yes = await rasa.run("action_affirm", "affirm", "oui", slots=slots, before=before)
    assert yes.calls_for == "action_lez_check"
    assert yes.slots["shown"] == {"words": "euro 5 ça va ?", "euro_norm": "5"}


async def test_a_yes_to_this_or_that_asks_again(rasa):
    asked = await rasa.run(CLARIFY, FALLBACK, "hm", ranking=CLOSE)
    pending = asked.slots["pending"]
    before = [user(FALLBACK), acted(CLARIFY), slot("pending", pending)]
    yes = await rasa.run("action_affirm", "affirm", "oui", slots={"pending": pending}, before=before)
    assert yes.calls_for == CLARIFY
    again = await rasa.run(CLARIFY, "affirm", "oui", slots={"pending": pending}, before=before)
    assert again.ids == ["which_topic"]
    assert again.said[0].payloads == asked.said[0].payloads


async def test_a_guess_of_long_ago_is_not_what_a_yes_answers(rasa):
    asked = await rasa.run(CLARIFY, FALLBACK, "sacs truc", ranking=CLEAR)
    pending = asked.slots["pending"]
    before = [user(FALLBACK), slot("pending", pending), user("thank"), acted("utter_thank")]
    yes = await rasa.run("action_affirm", "affirm", "oui", slots={"pending": pending}, before=before)
    assert yes.ids == ["utter_affirmed"]
    assert yes.calls_for is None


async def test_a_second_failure_offers_a_person_and_the_number(rasa):
    done = await rasa.run(CLARIFY, FALLBACK, "hm", ranking=CLOSE, before=[user(FALLBACK), acted(CLARIFY)])
    assert done.ids == ["utter_not_understood_again"]
    assert done.said[0].params["contact"]["id"] == "contact_city"
    assert "/ask_human" in done.said[0].payloads


async def test_nothing_likely_brings_the_topics(rasa):
    done = await rasa.run(CLARIFY, FALLBACK, "???")
    assert done.ids == ["utter_not_understood"]
    assert len(done.said[0].payloads) == 6


async def test_what_may_be_an_emergency_is_answered_as_one(rasa):
    ranking = [("waste_collection_day", 0.3), ("city_emergency", 0.25)]
    done = await rasa.run(CLARIFY, FALLBACK, "fumée sacs", ranking=ranking)
    assert done.calls_for == "utter_emergency"


async def test_a_fact_that_goes_on_with_the_last_question_is_not_asked_about(rasa):
    slots = {"last_question": "waste_collection_day", "address": "street:2"}
    done = await rasa.run(CLARIFY, FALLBACK, "jaune", fraction="yellow", slots=slots, ranking=[("inform", 0.3)])
    assert done.calls_for == "waste_collection_form"


SECOND = [user(FALLBACK), acted(CLARIFY)]


async def test_a_second_failure_searches_what_the_city_knows(rasa):
    done = await rasa.run(CLARIFY, FALLBACK, "terrasse", ranking=CLOSE, before=SECOND)
    assert done.ids == ["utter_found_instead"]
    assert done.said[0].payloads == ['/permit_procedure{"permit_type": "terrace"}', "/ask_human"]
    done = await rasa.run(CLARIFY, FALLBACK, "un verre à boire et un lampadaire", ranking=CLOSE, before=SECOND)
    assert done.said[0].payloads == [
        '/waste_sorting{"waste_item": "drinking_glass"}',
        "/city_report_problem",
        "/ask_human",
    ]


async def test_a_third_failure_offers_a_person(rasa):
    before = [user(FALLBACK), acted(CLARIFY), *SECOND]
    done = await rasa.run(CLARIFY, FALLBACK, "terrasse", ranking=CLOSE, before=before)
    assert done.ids == ["utter_not_understood_again"]


async def test_a_search_that_is_down_says_so(rasa, facade):
    facade.down = 503
    done = await rasa.run(CLARIFY, FALLBACK, "terrasse", ranking=CLOSE, before=SECOND)
    assert done.ids == ["utter_city_unavailable"]


async def test_what_hardly_fits_and_is_hardly_none_of_ours_is_asked_about(rasa):
    ranking = [("out_of_scope", 0.27), ("waste_collection_day", 0.25), ("greet", 0.2)]
    done = await rasa.run(CLARIFY, FALLBACK, "hm", ranking=ranking)
    assert done.ids in (["which_topic"], ["did_you_mean_topic"])


@pytest.mark.parametrize(
    "ranking",
    [[("out_of_scope", 0.38), ("waste_collection_day", 0.3)], [("out_of_scope", 0.2), ("waste_collection_day", 0.05)]],
    ids=["likely enough", "nothing to offer"],
)
async def test_what_is_likely_none_of_ours_is_said_to_be_so(rasa, ranking):
    assert (await rasa.run(CLARIFY, FALLBACK, "hm", ranking=ranking)).calls_for == "action_out_of_scope"
