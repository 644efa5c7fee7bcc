"""What is kept: said with the rights, given as a copy, erased after a yes and never without one."""

import pytest

from tests.unit.actions.dispatch import slot, user

ASK = "action_delete_data"
OPEN = [
    user("delete_my_data", "efface tout"),
    slot("last_question", "delete_my_data"),
    slot("pending", {"slot": "confirmed", "words": True}),
]
OPEN_SLOTS = {
    "last_question": "delete_my_data",
    "shown": {"asked_for": "confirmed"},
    "pending": {"slot": "confirmed", "words": True},
}
KEPT = {"requests": ["BXL-2026-00123", "BXL-2026-00124"]}


async def test_nothing_is_erased_before_a_yes(rasa):
    done = await rasa.run(ASK, "delete_my_data", "supprime toutes mes données", kept=KEPT)
    (said,) = done.said
    assert said.tasks == []
    assert said.part("delete_requests")["references"]["items"] == KEPT["requests"]
    assert said.ids()[-2:] == ["choice_delete_yes", "choice_delete_no"]
    assert done.slots["pending"]["slot"] == "confirmed"


async def test_requests_are_not_spoken_of_where_there_are_none(rasa):
    (said,) = (await rasa.run(ASK, "delete_my_data", "wis alles")).said
    assert "delete_requests" not in said.ids()


async def test_the_button_erases(rasa):
    (asked,) = (await rasa.run(ASK, "delete_my_data", "efface tout")).said
    assert asked.payloads == ['/delete_my_data{"confirmed": "yes"}', '/delete_my_data{"confirmed": "no"}']
    (said,) = (await rasa.run(ASK, "delete_my_data", confirmed="yes")).said
    assert said.tasks == [{"do": "erase"}]


async def test_a_yes_in_words_answers_the_question_that_was_just_asked(rasa):
    called = await rasa.run("action_affirm", "affirm", "oui", before=OPEN, slots=OPEN_SLOTS)
    assert called.calls_for == ASK
    (said,) = (await rasa.run(ASK, "affirm", "oui", before=OPEN, slots=OPEN_SLOTS)).said
    assert said.tasks == [{"do": "erase"}]


async def test_a_yes_long_after_erases_nothing(rasa):
    later = [*OPEN, user("greet", "bonjour")]
    called = await rasa.run("action_affirm", "affirm", "oui", before=later, slots=OPEN_SLOTS)
    assert called.calls_for is None
    (said,) = (await rasa.run(ASK, "affirm", "oui", before=later, slots=OPEN_SLOTS)).said
    assert said.tasks == []


@pytest.mark.parametrize(("intent", "entities"), [("deny", {}), ("delete_my_data", {"confirmed": "no"})])
async def test_a_no_leaves_everything(rasa, intent, entities):
    done = await rasa.run(ASK, intent, before=OPEN, slots=OPEN_SLOTS, **entities)
    assert (done.ids, done.said[0].tasks) == (["delete_left"], [])
    assert done.slots["pending"] is None


async def test_other_words_ask_again(rasa):
    done = await rasa.run(ASK, "nlu_fallback", "euh", before=OPEN, slots=OPEN_SLOTS)
    assert "delete_sure" in done.said[0].ids()
    assert done.said[0].tasks == []


async def test_a_guess_that_erasing_was_meant_is_no_confirmation(rasa):
    guess = {"slot": "intent", "intents": ["delete_my_data"], "facts": {}, "yes": "delete_my_data"}
    before = [user("nlu_fallback", "weg ermee"), slot("pending", guess)]
    called = await rasa.run("action_affirm", "affirm", "ja", before=before, slots={"pending": guess})
    assert called.calls_for == ASK
    (said,) = (await rasa.run(ASK, "affirm", "ja", before=before, slots=called.slots)).said
    assert said.tasks == []


async def test_a_copy_is_offered_as_a_card(rasa):
    (said,) = (await rasa.run("action_export_data", "export_my_data", "export my data")).said
    assert said.id == "export_ready"
    assert said.cards == [{"type": "export", "formats": ["text", "json"]}]


async def test_what_is_kept_is_said_with_the_rights_as_buttons(rasa):
    (said,) = (await rasa.run("action_privacy", "ask_privacy", kept=KEPT)).said
    assert [name for name in said.ids() if name.startswith("privacy_")] == [
        "privacy_kept",
        "privacy_requests",
        "privacy_rights",
    ]
    assert said.payloads == ["/export_my_data", "/delete_my_data"]
