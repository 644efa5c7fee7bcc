"""Collection days: what is asked, what is said, what is remembered."""

import pytest

from tests.unit.actions.dispatch import slot

VALIDATE, ANSWER, FORM = "validate_waste_collection_form", "action_waste_collection_day", "waste_collection_form"


async def test_the_next_bag_is_said_first_with_source_and_card(rasa):
    done = await rasa.run(ANSWER, "waste_collection_day", slots={"address": "street:2"})
    assert done.ids == ["paragraphs_3"]
    reply = done.said[0]
    assert "collections_tonight" in reply.ids()
    tonight = reply.part("collections_tonight")
    assert tonight["opens"]["v"] == "2026-11-24T18:00:00+01:00"
    assert tonight["until"]["v"] == "2026-11-25T00:00:00+01:00"
    assert tonight["collected"] == {"t": "date", "v": "2026-11-25", "style": "relative"}
    assert reply.source["name"] == "Test feed"
    assert [row["fraction"] for row in reply.cards[0]["rows"]] == [
        "white",
        "yellow",
        "blue",
        "white",
        "orange",
        "yellow",
        "white",
    ]
    assert done.slots["last_question"] == "waste_collection_day"


async def test_a_bag_that_was_asked_for_is_the_one_answered(rasa):
    done = await rasa.run(ANSWER, "waste_collection_day", slots={"address": "street:2"}, fraction="blue")
    params = done.said[0].part("collections_next")
    assert params["put_out"] == {"t": "date", "v": "2026-11-25", "style": "relative"}
    assert params["collected"]["params"]["day"]["v"] == "2026-11-26"


async def test_the_day_to_put_out_is_not_taken_for_the_day_of_collection(rasa):
    """ "Tonight" means to put out tonight, never what was collected this morning."""
    done = await rasa.run(ANSWER, "waste_collection_day", slots={"address": "street:2"}, date="ce soir")
    assert done.said[0].part("collections_tonight")["count"] == 1


async def test_a_day_without_anything_says_so_and_then_when(rasa):
    done = await rasa.run(ANSWER, "waste_collection_day", slots={"address": "street:2"}, date="samedi")
    assert done.said[0].part("collections_none_then")["when"]["params"]["day"]["v"] == "2026-11-28"
    assert "collections_next" in done.said[0].ids()


async def test_a_collection_moved_by_a_holiday_is_said_to_be(rasa):
    done = await rasa.run(ANSWER, "waste_collection_day", slots={"address": "street:2"}, date="18 décembre")
    moved = done.said[0].part("collections_moved")
    assert moved["holiday"] == {"t": "name", "fr": "Noël", "nl": "Kerstmis", "en": "Christmas"}


async def test_a_bag_that_is_not_collected_there_gives_the_agencys_number(rasa):
    done = await rasa.run(ANSWER, "waste_collection_day", slots={"address": "street:2"}, fraction="green")
    assert done.said[0].part("collections_none_fraction")["contact"]["id"] == "contact_waste"


async def test_a_lorry_that_comes_the_same_evening_is_warned_of(rasa):
    done = await rasa.run(ANSWER, "waste_collection_day", slots={"address": "street:2"}, fraction="orange")
    assert "collections_same_evening" in done.said[0].ids()
    other = await rasa.run(ANSWER, "waste_collection_day", slots={"address": "street:2"}, fraction="yellow")
    assert "collections_same_evening" not in other.said[0].ids()


async def test_days_beyond_the_calendar_are_said_not_to_be_known(rasa):
    done = await rasa.run(ANSWER, "waste_collection_day", slots={"address": "street:2"}, date="15 mars")
    assert done.ids == ["collections_not_known_then"]
    assert done.said[0].params["contact"]["id"] == "contact_waste"


async def test_no_collection_is_said_of_the_days_that_the_calendar_covers_only(rasa):
    slots = {"address": "street:2"}
    done = await rasa.run(ANSWER, "waste_collection_day", slots=slots, fraction="green", date="25 janvier")
    assert done.said[0].part("collections_none_fraction")["days"] == 8


async def test_a_date_that_is_none_is_said_not_to_be_understood(rasa):
    done = await rasa.run(ANSWER, "waste_collection_day", slots={"address": "street:2"}, date="la saint-glinglin")
    assert "date_not_understood" in done.said[0].ids()


async def test_a_house_number_that_is_needed_is_asked_for(rasa):
    done = await rasa.run(ANSWER, "waste_collection_day", slots={"address": "street:1"})
    assert done.ids == []
    assert done.calls_for == FORM
    assert done.slots["address"] is None
    assert done.slots["pending"]["problem"] == "number_needed"


async def test_the_question_an_answer_opened_is_asked_although_the_message_named_the_street(rasa):
    """Rasa hands the street of the same message to the form again."""
    pending = {"slot": "address", "problem": "number_needed", "street": "street:1", "name": {"fr": "a", "nl": "b"}}
    done = await rasa.run(
        VALIDATE,
        "waste_collection_day",
        "sacs jaunes rue Blaes",
        address="rue Blaes",
        slots={"pending": pending},
        after=[slot("pending", pending)],
        form=FORM,
    )
    assert done.slots == {"address": None, "pending": pending}
    question = await rasa.run("action_ask_address", "waste_collection_day", slots={"pending": pending})
    assert question.ids == ["ask_house_number"]
    assert question.said[0].params["street"] == {"t": "name", "fr": "a", "nl": "b", "en": None}


@pytest.mark.parametrize("text", ["20", "au 20", "nummer 20 aub", "n° 20", "c'est le 20"])
async def test_a_house_number_alone_answers_the_question_for_it(rasa, text):
    pending = {"slot": "address", "problem": "number_needed", "street": "street:1", "name": {"fr": "a", "nl": "b"}}
    done = await rasa.run(VALIDATE, "inform", text, form=FORM, asked="address", slots={"pending": pending})
    assert done.slots == {"address": "address:1:20", "pending": None}


async def test_a_house_number_that_does_not_exist_is_asked_for_again(rasa):
    pending = {"slot": "address", "problem": "number_needed", "street": "street:1", "name": {"fr": "a", "nl": "b"}}
    done = await rasa.run(VALIDATE, "inform", "999", form=FORM, asked="address", slots={"pending": pending})
    assert done.slots["address"] is None
    question = await rasa.run("action_ask_address", "inform", slots={"pending": done.slots["pending"]})
    assert question.ids == ["house_number_unknown"]
    assert question.said[0].params["number"] == "999"


async def test_a_street_without_rounds_is_said_to_have_none(rasa):
    done = await rasa.run(ANSWER, "waste_collection_day", slots={"address": "street:21"})
    question = await rasa.run("action_ask_address", "waste_collection_day", slots={"pending": done.slots["pending"]})
    assert question.ids == ["address_without_rounds"]
