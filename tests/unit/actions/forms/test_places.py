"""Which street is meant: names that repeat, that are misspelt, that are unknown, or that come with a commune."""

import pytest

VALIDATE, ASK, FORM = "validate_waste_collection_form", "action_ask_address", "waste_collection_form"
INTENT = "waste_collection_day"


async def answered(rasa, text, pending=None, intent="inform", **entities):
    done = await rasa.run(VALIDATE, intent, text, slots={"pending": pending}, form=FORM, asked="address", **entities)
    return done.slots


async def question(rasa, pending):
    return (await rasa.run(ASK, INTENT, slots={"pending": pending}, form=FORM, asked="address")).said[0]


@pytest.mark.parametrize(
    ("written", "place"),
    [("rue Blaes 20", "address:1:20"), ("Wetstraat", "street:2"), ("RUE DE LA LOI 16", "address:2:16")],
)
async def test_a_name_in_either_language_is_found(rasa, written, place):
    done = await rasa.run(VALIDATE, INTENT, f"sacs {written}", address=written, form=FORM)
    assert done.slots == {"address": place, "pending": None}


async def test_a_name_in_two_communes_is_a_choice_with_the_communes(rasa):
    slots = await answered(rasa, "rue du Moulin", address="rue du Moulin")
    asked = await question(rasa, slots["pending"])
    assert asked.id == "which_one"
    assert asked.payloads == ['/inform{"address": "street:3"}', '/inform{"address": "street:4"}']
    assert asked.labels[1]["params"]["commune"] == {"t": "name", "fr": "Evere", "nl": "Evere", "en": None}


async def test_a_name_in_many_communes_offers_five_and_asks_for_the_commune(rasa):
    slots = await answered(rasa, "Kerkstraat", address="Kerkstraat")
    asked = await question(rasa, slots["pending"])
    assert asked.id == "which_of_many"
    assert asked.params["count"] == 6
    assert len(asked.payloads) == 5


@pytest.mark.parametrize("entities", [{"commune": "Jette"}, {}], ids=["understood", "only-typed"])
async def test_the_commune_alone_settles_which(rasa, entities):
    slots = await answered(rasa, "Kerkstraat", address="Kerkstraat")
    assert await answered(rasa, "jette", slots["pending"], **entities) == {"address": "street:15", "pending": None}


async def test_the_commune_in_the_same_breath_settles_which(rasa):
    slots = await answered(rasa, "Kerkstraat in Elsene", address="Kerkstraat", commune="Elsene")
    assert slots == {"address": "street:11", "pending": None}


async def test_the_number_of_a_choice_picks_it(rasa):
    slots = await answered(rasa, "rue du Moulin", address="rue du Moulin")
    assert await answered(rasa, "2.", slots["pending"]) == {"address": "street:4", "pending": None}


async def test_a_choice_that_is_clicked_is_taken(rasa):
    assert await answered(rasa, "", address="street:4") == {"address": "street:4", "pending": None}


async def test_a_street_that_is_in_another_commune_is_offered_there(rasa):
    slots = await answered(rasa, "rue Blaes à Uccle", address="rue Blaes", commune="Uccle")
    asked = await question(rasa, slots["pending"])
    assert asked.id == "place_elsewhere_one"
    assert asked.params["place"]["params"]["commune"]["fr"] == "Bruxelles"
    assert (await answered(rasa, "oui", slots["pending"], intent="affirm"))["address"] == "street:1"


async def test_misspelt_names_are_offered(rasa):
    slots = await answered(rasa, "rue de l'Eglsie", address="rue de l'Eglsie")
    asked = await question(rasa, slots["pending"])
    assert asked.id == "did_you_mean_many"
    assert asked.payloads[0] == '/inform{"address": "street:10"}'
    assert len(asked.payloads) == 5


async def test_an_unknown_name_is_asked_for_again_and_then_a_person_is_offered(rasa):
    first = await answered(rasa, "xyzzy plugh")
    asked = await question(rasa, first["pending"])
    assert (asked.id, asked.params["query"], asked.payloads) == ("address_not_found", "xyzzy plugh", [])
    second = await answered(rasa, "xyzzy plugh", first["pending"])
    assert (await question(rasa, second["pending"])).payloads == ["/ask_human", "/stop"]
    third = await answered(rasa, "xyzzy plugh", second["pending"])
    assert third["requested_slot"] is None
    assert third["pending"]["problem"] == "given_up"


async def test_a_long_text_is_not_said_back(rasa):
    slots = await answered(rasa, "zq " * 40)
    assert (await question(rasa, slots["pending"])).id == "ask_address"


async def test_another_fact_leaves_the_question_open(rasa):
    pending = {"slot": "address", "problem": "not_found", "query": "x", "tries": 1}
    assert await answered(rasa, "de gele zak", pending, fraction="yellow") == {"address": None, "pending": pending}


@pytest.mark.parametrize("intent", ["greet", "ask_help", "thank", "transport_next_departures", "stop", "ask_human"])
async def test_other_intents_are_left_to_their_rules(rasa, intent):
    done = await rasa.run(VALIDATE, intent, "…", form=FORM, asked="address")
    assert done.events == []


async def test_words_that_mean_nothing_else_are_taken_for_a_name(rasa):
    """Street names that no vocabulary knows look like nonsense to the classifier."""
    assert (await answered(rasa, "drève du prieuré", intent="out_of_scope"))["address"] == "street:21"
    assert (await answered(rasa, "xyzzy", intent="out_of_scope"))["pending"]["tries"] == 1
    done = await rasa.run(
        VALIDATE, "out_of_scope", "quelle est la capitale du Pérou au juste", form=FORM, asked="address"
    )
    assert done.events == []


@pytest.mark.parametrize("intent", ["affirm", "deny"])
async def test_a_yes_or_no_without_a_guess_asks_again(rasa, intent):
    assert await answered(rasa, "…", None, intent=intent) == {"address": None, "pending": None}


async def test_another_address_is_asked_for_although_one_is_known(rasa):
    done = await rasa.run(VALIDATE, INTENT, "", address="?", form=FORM)
    assert done.slots == {"address": None, "pending": None}
