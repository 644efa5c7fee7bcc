"""Messages that only ask for a detail belong to the procedure told last, whatever they were taken for."""

import pytest

from tests.unit.actions.dispatch import slot, user

CARD, MOVE, NEEDED, PROCEDURE = (
    "permit_resident_parking",
    "permit_moving_parking",
    "permit_needed",
    "permit_procedure",
)


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("how long does this take", "duration"),
        ("et ça coûte combien ?", "cost"),
        ("welke papieren heb ik nodig?", "documents"),
        ("who do i ask", "where"),
        ("can I do it online", "online_form"),
    ],
)
async def test_a_detail_alone_goes_to_the_procedure_before(rasa, text, facet):
    slots = {"last_question": MOVE, "shown": {"commune": "commune:ixelles", "date": "le 15"}}
    done = await rasa.run("action_privacy", "ask_privacy", text, slots=slots)
    assert (done.ids, done.calls_for) == ([], "action_moving_parking")
    assert done.slots["shown"] == {"commune": "commune:ixelles", "date": "le 15", "facet": facet}


async def test_a_detail_in_a_question_about_permits_that_names_none_is_of_the_one_before(rasa):
    slots = {"last_question": CARD, "shown": {"commune": "commune:ixelles"}}
    opened = await rasa.run(
        "validate_permit_procedure_form", PROCEDURE, "combien je dois payer à la commune", slots=slots, facet="cost"
    )
    assert opened.slots == {"requested_slot": None}
    done = await rasa.run("action_permit_procedure", PROCEDURE, "combien je dois payer", slots=slots, facet="cost")
    assert done.calls_for == "action_resident_parking"


async def test_a_detail_after_a_verdict_is_of_the_permit_that_it_led_to(rasa):
    slots = {"last_question": NEEDED, "shown": {"project": "shed", "permit_type": "terrace"}}
    done = await rasa.run("action_privacy", "ask_privacy", "how long does it take", slots=slots)
    assert done.calls_for == "permit_procedure_form"
    assert (done.slots["permit_type"], done.slots["facet"]) == ("terrace", "duration")
    filled = await rasa.run(
        "validate_permit_procedure_form", "ask_privacy", "how long does it take", slots={**slots, **done.slots}
    )
    assert filled.slots["permit_type"] == "terrace"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        pytest.param("how much does a pizza cost", CARD, id="of something else"),
        pytest.param("how much is that", "waste_sorting", id="after what has no procedure"),
        pytest.param("that one please", CARD, id="no detail at all"),
    ],
)
async def test_other_messages_stay_what_they_were_taken_for(rasa, text, last):
    done = await rasa.run("action_greet", "greet", text, slots={"last_question": last, "shown": {}})
    assert done.calls_for is None
    assert done.said


async def test_while_a_form_waits_for_an_answer_the_message_is_the_forms(rasa):
    slots = {"last_question": CARD, "shown": {}, "requested_slot": "address"}
    done = await rasa.run("action_greet", "greet", "how much is that", slots=slots)
    assert done.calls_for is None


async def test_in_the_middle_of_the_questions_about_works_a_detail_has_to_wait(rasa):
    asked = {"slot": "answers", "words": True, "tries": 0, "question": {"id": "side", "text": "?", "choices": []}}
    slots = {"last_question": NEEDED, "shown": {"project": "shed", "asked_for": "answers"}, "pending": asked}
    before = [user(NEEDED, "?"), slot("pending", asked)]
    done = await rasa.run("action_privacy", "ask_privacy", "how long does it take", slots=slots, before=before)
    assert done.calls_for == "action_permit_needed"


@pytest.mark.parametrize("text", ["Forest", "et à Forest ?", "in Forest please"])
async def test_a_commune_alone_goes_on_with_the_procedure_before(rasa, text):
    slots = {"last_question": MOVE, "shown": {"address": "street:1", "date": "le 15"}}
    done = await rasa.run(
        "action_commune_contact",
        "city_commune_contact",
        text,
        slots=slots,
        commune="Forest",
    )
    assert (done.ids, done.calls_for) == ([], "action_moving_parking")
    assert done.slots["shown"] == {"date": "le 15", "commune": "Forest"}


async def test_who_decides_is_said_in_one_sentence(rasa):
    slots = {"permit_type": "terrace", "facet": "authority"}
    done = await rasa.run("action_permit_procedure", PROCEDURE, "qui décide ?", slots=slots)
    assert done.said[0].params["a"]["id"] == "permit_authority"


async def test_a_commune_alone_answers_the_question_for_a_place(rasa):
    slots = {"last_question": "permit_public_inquiries", "shown": {"asked_for": "address"}}
    done = await rasa.run("action_commune_contact", "city_commune_contact", "Ixelles", slots=slots, commune="Ixelles")
    assert done.calls_for == "action_public_inquiries"
    told = await rasa.run(
        "action_public_inquiries", "city_commune_contact", "Ixelles", slots={**slots, **done.slots}, commune="Ixelles"
    )
    assert told.said[0].part("inquiries_in")
