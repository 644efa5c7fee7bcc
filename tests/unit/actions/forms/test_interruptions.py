"""A question in the middle of another one: answered, and then back to the one before."""

from tests.unit.actions.dispatch import acted, loop, slot, user

ANSWER = "action_next_departures"
OPENED = [user("waste_collection_day"), acted("waste_collection_form"), loop("waste_collection_form")]
THEN = [acted("departures_form"), loop("departures_form"), loop(None)]


async def test_the_question_before_comes_back_after_the_answer(rasa):
    done = await rasa.run(ANSWER, "transport_next_departures", slots={"stop": "stop:flagey"}, before=OPENED, after=THEN)
    assert done.ids[-1] == "back_to_question"
    assert done.said[-1].params["topic"]["id"] == "choice_waste"
    assert done.calls_for == "waste_collection_form"


async def test_a_question_that_was_answered_does_not_come_back(rasa):
    before = [*OPENED, loop(None), acted("action_waste_collection_day")]
    done = await rasa.run(ANSWER, "transport_next_departures", slots={"stop": "stop:flagey"}, before=before, after=THEN)
    assert len(done.ids) == 1
    assert done.calls_for is None


async def test_a_question_that_was_stopped_does_not_come_back(rasa):
    before = [*OPENED, user("stop"), acted("action_stop"), acted("action_deactivate_loop"), loop(None)]
    done = await rasa.run(ANSWER, "transport_next_departures", slots={"stop": "stop:flagey"}, before=before, after=THEN)
    assert done.calls_for is None


async def test_stop_ends_all_questions_that_were_left_open(rasa):
    twice = [*OPENED, user("permit_procedure"), acted("permit_procedure_form"), loop("permit_procedure_form")]
    before = [*twice, user("stop"), acted("action_stop"), acted("action_deactivate_loop"), loop(None)]
    slots = {"stop": "stop:flagey"}
    stopped = await rasa.run(ANSWER, "transport_next_departures", slots=slots, before=before, after=THEN)
    assert stopped.calls_for is None
    open_still = await rasa.run(ANSWER, "transport_next_departures", slots=slots, before=twice, after=THEN)
    assert open_still.calls_for == "permit_procedure_form"


async def test_an_answer_with_a_question_of_its_own_asks_that_first(rasa):
    before = [user("transport_next_departures"), loop("departures_form")]
    after = [loop("waste_collection_form"), loop(None), slot("pending", None)]
    done = await rasa.run(
        "action_waste_collection_day", "waste_collection_day", slots={"address": "street:1"}, before=before, after=after
    )
    assert done.ids == []
    assert done.calls_for == "waste_collection_form"


async def test_a_fact_about_the_answer_in_between_is_left_to_it(rasa):
    slots = {"last_question": "transport_next_departures", "stop": "stop:flagey", "pending": None}
    done = await rasa.run(
        "validate_waste_collection_form",
        "inform",
        "et dans l'autre sens ?",
        form="waste_collection_form",
        asked="address",
        slots=slots,
        direction="reverse",
    )
    assert done.rejected
    assert done.slots["address"] is None
    follow = await rasa.run("action_follow_up", "inform", "et dans l'autre sens ?", slots=slots, direction="reverse")
    assert follow.calls_for == "departures_form"


async def test_a_fact_about_the_open_question_stays_with_it(rasa):
    slots = {"last_question": "transport_next_departures", "stop": "stop:flagey", "pending": None}
    done = await rasa.run(
        "validate_waste_collection_form", "inform", "le sac jaune", form="waste_collection_form", asked="address",
        slots=slots, fraction="yellow",
    )  # fmt: skip
    assert not done.rejected
    assert done.slots == {"address": None, "pending": None}


async def test_a_fact_that_was_answered_in_between_brings_the_question_back(rasa):
    done = await rasa.run(
        "validate_waste_collection_form",
        "correct_input",
        "non, le 5 décembre",
        form="waste_collection_form",
        asked="address",
        slots={"last_question": "permit_moving_parking", "pending": None},
        after=[acted("action_follow_up"), acted("action_moving_parking")],
        line="5",
        date="le 5 décembre",
        facet="duration",
    )
    assert not done.rejected
    assert done.slots["address"] is None


async def test_a_follow_up_to_a_subject_in_between_is_answered_once_and_the_question_before_comes_back(rasa):
    shown = {"facet": "fines"}
    slots = {"last_question": "waste_bags_and_rules", "shown": shown, "pending": None}
    asked = {"form": "waste_collection_form", "asked": "address", "slots": slots, "facet": "where"}
    form = "validate_waste_collection_form"
    opens = [acted("waste_collection_form")]
    first = await rasa.run(form, "inform", "et où les acheter ?", after=opens, **asked)
    assert first.rejected
    answer = await rasa.run("action_bags_and_rules", "inform", "et où les acheter ?", **asked)
    assert answer.ids[-1] == "back_to_question"
    assert answer.calls_for == "waste_collection_form"
    after = [*opens, acted("action_follow_up"), acted("action_bags_and_rules"), *opens]
    again = await rasa.run(form, "inform", "et où les acheter ?", after=after, **asked)
    assert not again.rejected


async def test_after_a_subject_of_its_own_intent_the_rules_go_back(rasa):
    done = await rasa.run(
        "action_bags_and_rules", "waste_bags_and_rules", "et l'amende ?", form="waste_collection_form", asked="address"
    )
    assert done.calls_for is None
