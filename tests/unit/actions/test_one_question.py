"""One reply asks one question: a side question that needs a fact itself leaves the form that waits."""

import pytest

FORM = "departures_form"


async def test_a_side_question_that_asks_something_leaves_the_form(rasa):
    done = await rasa.run("action_public_inquiries", "permit_public_inquiries", "?", form=FORM, asked="stop")
    assert done.ids == ["ask_inquiry_place"]
    assert {"event": "active_loop", "name": None, "timestamp": None} in done.events
    assert done.slots["requested_slot"] is None


@pytest.mark.parametrize("form", [FORM, "filing_form"])
async def test_one_that_is_answered_leaves_it_open(rasa, form):
    done = await rasa.run(
        "action_public_inquiries", "permit_public_inquiries", "?", form=form, asked="stop", commune="Ixelles"
    )
    assert "requested_slot" not in done.slots


async def test_a_request_goes_on_after_it(rasa):
    done = await rasa.run("action_public_inquiries", "permit_public_inquiries", "?", form="filing_form", asked="filing")
    assert "requested_slot" not in done.slots
