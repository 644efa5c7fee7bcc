"""What became of a report: its stage, what was done, when it should be, and numbers that are not from here."""

import httpx

from tests.unit.actions.dispatch import user

ACTION, INTENT = "action_report_status", "city_report_status"


async def test_the_stage_comes_first_then_what_was_done_where_and_since_when(rasa):
    done = await rasa.run(ACTION, INTENT, reference="BXL-2026-00123")
    (reply,) = done.said
    names = [name for name, _ in reply.texts() if name.startswith("report_")]
    assert names == ["report_stage", "report_done", "report_step", "report_place", "report_closed"]
    assert reply.part("report_stage")["stage"]["fr"] == "Résolu"
    assert reply.part("report_step")["note"]["fr"] == "Remplacé."
    assert reply.payloads == ["/city_report_problem", '/city_report_status{"reference": "?"}']
    assert done.slots["shown"] == {"reference": "BXL-2026-00123"}


async def test_an_open_report_says_who_deals_with_it_and_by_when(rasa):
    done = await rasa.run(ACTION, INTENT, reference="BXL-2026-00125")
    assert done.said[0].part("report_expected")["who"]["fr"] == "Sibelga"
    assert "/city_report_problem" not in done.said[0].payloads


async def test_a_report_that_is_late_is_said_to_be(rasa):
    done = await rasa.run(ACTION, INTENT, reference="BXL-2026-00124")
    assert "report_late" in done.said[0].ids()
    assert "report_place" not in done.said[0].ids()


async def test_without_a_number_it_is_asked_for_and_the_next_message_gives_it(rasa):
    done = await rasa.run(ACTION, INTENT, "is mijn melding al behandeld")
    assert done.ids == ["ask_report_reference"]
    before = [user(INTENT, "?"), {"event": "slot", "name": "pending", "value": done.slots["pending"]}]
    given = await rasa.run(
        ACTION, "inform", "bxl-2026-00123", slots=done.slots, before=before, reference="BXL-2026-00123"
    )
    assert given.slots["shown"] == {"reference": "BXL-2026-00123"}


async def test_what_was_sent_right_before_needs_no_number(rasa):
    sent = {"t": "reply", "id": "filing_sent", "params": {"reference": "BXL-2026-00125"}}
    slots = {"last_question": "city_report_problem", "shown": {"receipt": {"parts": [sent], "answer": {}}}}
    done = await rasa.run(ACTION, INTENT, "où en est mon signalement ?", slots=slots)
    assert done.slots["shown"] == {"reference": "BXL-2026-00125"}


async def test_who_has_no_number_gets_one_to_call(rasa):
    slots = {"last_question": INTENT, "shown": {"asked_for": "reference"}}
    done = await rasa.run(ACTION, "deny", "non", slots=slots)
    assert done.ids == ["report_without_reference"]
    assert done.said[0].params["contact"]["id"] == "contact_city"


async def test_a_number_of_another_system_is_told_from_one_that_does_not_exist(rasa):
    for number, reply in (("0556031", "report_number_elsewhere"), ("BXL-2026-99999", "report_not_found")):
        done = await rasa.run(ACTION, INTENT, reference=number)
        assert done.ids == [reply]
        assert done.slots["shown"] == {"asked_for": "reference"}


async def test_a_dossiers_reference_is_answered_by_permits(rasa):
    done = await rasa.run(ACTION, INTENT, reference="04/PU/1967213")
    assert done.calls_for == "action_permit_status"
    assert done.slots["last_question"] == "permit_status"


async def test_the_facade_that_is_down_gives_a_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT, reference="BXL-2026-00123")
    assert done.ids == ["utter_city_unavailable"]
