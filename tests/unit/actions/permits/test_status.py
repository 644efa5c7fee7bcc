"""Where an application stands: the stage, what comes next by when, and references that lead nowhere."""

import httpx
import pytest

from tests.unit.actions.dispatch import user

ACTION, INTENT = "action_permit_status", "permit_status"
ASKED = {"last_question": INTENT, "shown": {"asked_for": "reference"}, "pending": {"slot": "reference", "words": True}}


async def test_the_stage_comes_first_then_the_works_what_is_next_and_who_handles_it(rasa, facade):
    done = await rasa.run(ACTION, INTENT, "mon dossier 04/PU/1967213", reference="04/PU/1967213")
    (reply,) = done.said
    names = [name for name, _ in reply.texts() if name.startswith("dossier_")]
    assert names == ["dossier_stage", "dossier_planned_at", "dossier_next_by", "dossier_authority"]
    assert reply.part("dossier_stage")["stage"]["fr"] == "Complet"
    assert reply.part("dossier_next_by")["date"] == {"t": "date", "v": "2027-01-24", "style": "relative"}
    assert reply.part("dossier_planned_at")["planned"]["nl"] == "De ramen vervangen"
    assert reply.payloads == [
        '/waste_reminder{"reminder": "follow/dossier/04/PU/1967213"}',
        '/city_commune_contact{"commune": "commune:ixelles"}',
        '/permit_status{"reference": "?"}',
    ]
    assert done.slots["shown"] == {"reference": "04/PU/1967213"}
    assert facade.asked("/v1/permits/applications/04/PU/1967213") == [{"lang": "fr"}]


@pytest.mark.parametrize(
    ("reference", "reply"),
    [
        pytest.param("12/PU/1962305", "dossier_next_on", id="an announced day"),
        pytest.param("04/PU/1700000", "dossier_next_late", id="a limit that has passed"),
        pytest.param("09/PU/1950000", "dossier_decided", id="decided, and nothing comes next"),
    ],
)
async def test_what_comes_next_is_said_as_far_as_it_is_known(rasa, reference, reply):
    done = await rasa.run(ACTION, INTENT, reference=reference)
    assert reply in done.said[0].ids()


async def test_without_a_reference_it_is_asked_for_and_any_words_may_give_it(rasa):
    done = await rasa.run(ACTION, INTENT, "des nouvelles de ma demande ?")
    assert done.ids == ["ask_dossier_reference"]
    before = [user(INTENT, "?"), {"event": "slot", "name": "pending", "value": done.slots["pending"]}]
    led = await rasa.run("action_follow_up", "inform", "1967213", slots=done.slots, before=before, line="1967213")
    assert led.calls_for == ACTION
    given = await rasa.run(ACTION, "inform", "1967213", slots=done.slots, before=before)
    assert given.slots["shown"] == {"reference": "04/PU/1967213"}


async def test_words_that_are_no_reference_have_the_format_explained(rasa):
    done = await rasa.run(ACTION, "inform", "celui de la lucarne", slots=ASKED)
    assert done.ids == ["dossier_reference_unclear"]
    assert done.slots["shown"] == {"asked_for": "reference"}


@pytest.mark.parametrize("words", ["je ne la retrouve plus", "dat nummer heb ik niet", "i dont have the number"])
async def test_who_says_to_have_none_is_told_who_finds_the_dossier_whatever_it_was_taken_for(rasa, words):
    before = [user(INTENT, "?"), {"event": "slot", "name": "pending", "value": ASKED["pending"]}]
    taken = await rasa.run("action_ask_human", "ask_human", words, slots=ASKED, before=before)
    assert taken.calls_for == ACTION
    done = await rasa.run(ACTION, "ask_human", words, slots=ASKED, before=before)
    assert done.ids == ["dossier_without_reference"]


async def test_who_has_no_reference_is_told_who_finds_the_dossier(rasa):
    before = [user(INTENT, "?"), {"event": "slot", "name": "pending", "value": ASKED["pending"]}]
    assert (await rasa.run("action_deny", "deny", "non", slots=ASKED, before=before)).calls_for == ACTION
    done = await rasa.run(ACTION, "deny", "non", slots=ASKED, before=before)
    assert done.ids == ["dossier_without_reference"]


@pytest.mark.parametrize(
    ("reference", "reply"),
    [pytest.param("04/PU/1967214", "dossier_near", id="a slip"), pytest.param("17", "which_dossier", id="several")],
)
async def test_dossiers_that_may_be_meant_are_choices(rasa, reference, reply):
    done = await rasa.run(ACTION, INTENT, reference=reference)
    assert done.ids == [reply]
    assert done.said[0].payloads[0] == '/permit_status{"reference": "04/PU/1967213"}'


async def test_a_reference_that_nobody_has_is_not_found(rasa):
    done = await rasa.run(ACTION, INTENT, reference="99/PU/1")
    assert done.ids == ["dossier_not_found"]


async def test_another_reference_goes_on_with_it(rasa):
    slots = {"last_question": INTENT, "shown": {"reference": "04/PU/1967213"}}
    text = "et le 12/PU/1962305 ?"
    led = await rasa.run("action_follow_up", "inform", text, slots=slots, reference="12/PU/1962305")
    assert led.calls_for == ACTION
    done = await rasa.run(ACTION, "inform", text, slots=slots, reference="12/PU/1962305")
    assert done.slots["shown"] == {"reference": "12/PU/1962305"}


async def test_a_reports_number_is_answered_by_reports(rasa):
    done = await rasa.run(ACTION, INTENT, "mon dossier BXL-2026-00123", reference="BXL-2026-00123")
    assert (done.ids, done.calls_for) == ([], "action_report_status")
    assert done.slots["shown"] == {"reference": "BXL-2026-00123"}


async def test_it_is_said_again_in_another_language(rasa):
    slots = {"last_question": INTENT, "shown": {"reference": "04/PU/1967213"}}
    done = await rasa.run(ACTION, "change_language", "in het Nederlands", speaks="nl", slots=slots)
    assert done.said[0].part("dossier_stage")["stage"]["fr"] == "Volledig"


async def test_the_facade_that_is_down_gives_a_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT, reference="04/PU/1967213")
    assert done.ids == ["utter_city_unavailable"]


async def test_a_question_about_the_file_that_was_just_told_is_about_that_one(rasa, facade):
    slots = {"last_question": INTENT, "shown": {"reference": "04/PU/1967213"}}
    done = await rasa.run(ACTION, INTENT, "wanneer komt de beslissing?", slots=slots, speaks="nl")
    assert done.slots["shown"] == {"reference": "04/PU/1967213"}
    assert done.said[0].part("dossier_stage")
