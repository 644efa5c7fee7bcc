"""What each name is used for, by intent and by the words before it."""

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.cues import Cues
from bot.components.mentions import mention, set_mentions
from bot.components.typing import EntityTyping


def test_the_intent_decides_what_a_place_is(understanding):
    assert understanding.entities("prochain tram 81 à Flagey") == {
        "mode": "tram",
        "line": "81",
        "stop": "Flagey",
    }
    assert understanding.entities("quand passent les sacs jaunes place Flagey") == {
        "fraction": "yellow",
        "address": "place Flagey",
    }
    assert understanding.entities("horaires de la maison communale d'Ixelles")["commune"] == "Ixelles"


@pytest.mark.parametrize(
    ("text", "stop", "direction"),
    [
        ("prochain tram de Flagey vers Montgomery", "Flagey", "Montgomery"),
        ("next tram from Flagey to Montgomery", "Flagey", "Montgomery"),
        ("wanneer komt de tram van Flagey naar Montgomery", "Flagey", "Montgomery"),
        ("prochain tram vers Montgomery à Flagey", "Flagey", "Montgomery"),
        ("tram Flagey Montgomery prochain départ", "Flagey", "Montgomery"),
    ],
)
def test_both_ends_of_a_ride_are_told_apart(understanding, text, stop, direction):
    found = understanding.entities(text)
    assert (found["stop"], found["direction"]) == (stop, direction)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("where can I park near Merode", "Merode"),
        ("I need to park my car", None),
        ("can we park here", None),
        ("parking at Park", "Park"),
        ("where can I park near Park", "Park"),
        ("se garer à Parc", "Parc"),
    ],
)
def test_to_park_is_no_stop_of_that_name(understanding, text, place):
    found = understanding.asked("transport_parking_rules", text)
    assert (found.get("address"), found.get("stop")) == (place, place)


def test_a_bare_fact_is_given_every_reading(understanding):
    found = understanding.entities("Flagey")
    assert found["stop"] == found["address"] == "Flagey"
    assert understanding.entities("rue Blaes 20") == {"address": "rue Blaes 20"}
    assert understanding.entities("vers Montgomery") == {"direction": "Montgomery", "destination": "Montgomery"}


def test_the_other_languages_name_stays_as_written(understanding):
    assert understanding.entities("c'est quel jour les poubelles Wetstraat 16")["address"] == "Wetstraat 16"
    assert understanding.entities("welke dag is het vuilnis rue de la Loi 16")["address"] == "rue de la Loi 16"


def test_a_misspelt_stop_stays_as_written(understanding):
    assert understanding.entities("wanneer komt bus 71 in debroeckere")["stop"] == "debroeckere"


def test_a_house_number_is_no_line(understanding):
    found = understanding.entities("quand passent les sacs bleus place Flagey 81")
    assert found == {"fraction": "blue", "address": "place Flagey 81"}


def test_entities_quote_the_text(understanding):
    text = "Quand passe le bus 71 à la Gare du Midi ?"
    for each in understanding.of(text).get("entities"):
        if each["entity"] == "stop":
            assert text[each["start"] : each["end"]] == each["value"] == "Gare du Midi"
            break
    else:
        pytest.fail("no stop")


def test_a_question_out_of_scope_has_no_entity(understanding):
    assert understanding.entities("raconte une blague") == {}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("non", "deny"),
        ("non, ligne 92", "correct_input"),
        ("nee, lijn 92", "correct_input"),
        ("no, line 92", "correct_input"),
        ("non, pas le 92", "deny"),
    ],
)
def test_a_no_with_a_fact_is_a_correction(text, intent):
    assert _typed("deny", text, "line", "92")["name"] == intent


def _typed(intent, text, kind, value):
    start = text.find(value)
    named = [mention([kind], start, start + len(value), value, "test")] if start >= 0 else []
    message = Message({TEXT: text, INTENT: {"name": intent, "confidence": 0.9}})
    set_mentions(message, named)
    EntityTyping(None, None, Cues({"denial": ["pas"]})).process([message])
    return message.get(INTENT)


@pytest.mark.parametrize(
    "text",
    [
        "pas la rue Blaes, je voulais dire la chaussée de Wavre",
        "niet de Blaesstraat maar de chaussée de Wavre",
        "chaussée de Wavre, not rue Blaes",
    ],
)
def test_a_fact_that_is_denied_is_not_given(understanding, text):
    assert understanding.asked("correct_input", text)["address"] == "chaussée de Wavre"


def test_a_direction_is_what_its_words_mark(understanding):
    assert understanding.asked("transport_next_departures", "le 71 pour Montgomery à Flagey") == {
        "line": "71",
        "direction": "Montgomery",
        "stop": "Flagey",
    }
    assert "direction" not in understanding.asked("inform", "rue Blaes 20 à Anderlecht")
    assert "direction" not in understanding.asked("inform", "et pour la rue Blaes 20")


def test_a_number_alone_is_a_line_only_where_a_line_is_asked_about(understanding):
    assert understanding.asked("transport_line_info", "le 65")["line"] == "65"
    assert "line" not in understanding.asked("inform", "devant le 30")


def test_the_clock_says_more_than_the_part_of_the_day(understanding):
    assert understanding.asked("transport_parking_rules", "le soir après 21h")["time"] == "21h"


def test_of_a_message_of_nothing_for_certain_the_facts_are_those_of_the_likelier_question():
    typing, message = EntityTyping(None, None), Message({TEXT: "ik heb ook nog een kast"})
    message.set(INTENT, {"name": "nlu_fallback"})
    message.set("intent_ranking", [{"name": "ask_repeat"}, {"name": "waste_bulky_pickup"}, {"name": "out_of_scope"}])
    set_mentions(message, [mention(["waste_item"], 19, 23, "cupboard", "vocabulary")])
    typing.process([message])
    assert [each["value"] for each in message.get("entities")] == ["cupboard"]
