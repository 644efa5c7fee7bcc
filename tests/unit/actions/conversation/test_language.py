"""The language changes at any turn, and the last answer comes again in the new one."""

import pytest

from tests.unit.actions.dispatch import acted, user

CHANGE, REPEAT = "action_change_language", "action_repeat_answer"
ANSWERED = [user("waste_collection_day"), acted("action_waste_collection_day")]


@pytest.mark.parametrize(
    ("text", "entities", "wanted"),
    [
        ("et en anglais ?", {"language": "en", "message_language": "fr"}, "en"),
        ("kan het in het Nederlands?", {"language": "nl", "message_language": "nl"}, "nl"),
        ("je ne comprends pas le néerlandais", {"language": "nl", "message_language": "fr"}, "fr"),
        ("I don't understand French", {"language": "fr", "message_language": "en"}, "en"),
        ("ik begrijp geen Frans", {"language": "fr", "message_language": "nl"}, "nl"),
    ],
)
async def test_the_language_that_is_asked_for_is_taken(rasa, text, entities, wanted):
    done = await rasa.run(CHANGE, "change_language", text, **entities)
    assert done.slots == {"language": wanted}
    assert done.ids == []


async def test_a_language_that_is_not_named_is_asked_for_in_its_own_words(rasa):
    done = await rasa.run(CHANGE, "change_language", "changer de langue", message_language="fr")
    assert done.ids == ["ask_language"]
    assert done.said[0].labels == ["Français", "Nederlands", "English"]
    assert done.said[0].payloads[1] == '/change_language{"language": "nl"}'
    silent = await rasa.run(REPEAT, "change_language", "changer de langue", before=ANSWERED)
    assert silent.ids == []
    assert silent.calls_for is None


async def test_the_last_answer_is_called_for_again(rasa):
    before = [*ANSWERED, user("thank"), acted("utter_thank")]
    done = await rasa.run(REPEAT, "change_language", "in English", speaks="en", language="en", before=before)
    assert done.ids == ["utter_language_changed"]
    assert done.calls_for == "waste_collection_form"


async def test_what_is_called_for_keeps_the_new_language(rasa):
    """Opening a form reads the entities of the message once more, and its language with them."""
    form, slots = "waste_collection_form", {"address": "street:2"}
    entities = {"language": "en", "message_language": "fr"}
    done = await rasa.run(f"validate_{form}", "change_language", "et en anglais ?", form=form, slots=slots, **entities)
    assert done.slots == {"address": "street:2", "pending": None, "language": "en"}


@pytest.mark.parametrize("said", ["action_greet", "action_help", "action_ask_human", "utter_bot_challenge"])
async def test_other_answers_come_again_too(rasa, said):
    done = await rasa.run(REPEAT, "change_language", "nl aub", before=[user("greet"), acted(said)], language="nl")
    assert done.calls_for == said


async def test_an_open_question_is_left_to_its_form(rasa):
    done = await rasa.run(
        REPEAT,
        "change_language",
        "in English",
        form="waste_collection_form",
        asked="address",
        before=ANSWERED,
        language="en",
    )
    assert done.ids == ["utter_language_changed"]
    assert done.calls_for is None
    aside = await rasa.run(
        "validate_waste_collection_form",
        "change_language",
        "in English",
        form="waste_collection_form",
        asked="address",
        language="en",
    )
    assert aside.events == []


@pytest.mark.parametrize("before", [[], [*ANSWERED, user("stop"), acted("action_stop")]])
async def test_where_there_is_nothing_to_repeat_the_question_is_asked_for(rasa, before):
    done = await rasa.run(REPEAT, "change_language", "in English", before=before, language="en")
    assert done.ids == ["utter_language_changed_start"]
    assert done.calls_for is None
