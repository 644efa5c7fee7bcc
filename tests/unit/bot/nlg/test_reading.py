"""What the gateway is told of what was understood."""

from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlg.reading import Readings, reading


def tracker(text="quand passe le 81", intent="departures", ranking=(), entities=(), commune=None):
    made = DialogueStateTracker("a", [TextSlot("commune", mappings=[{"type": "custom"}])])
    parsed = {
        "intent": {"name": intent},
        "entities": list(entities),
        "intent_ranking": [{"name": name, "confidence": sure} for name, sure in ranking],
    }
    made.update(UserUttered(text, {"name": intent}, list(entities), parsed, message_id=text))
    if commune:
        made.update(SlotSet("commune", commune))
    return made


def test_the_guesses_are_those_that_a_resident_could_have_meant():
    ranking = [("nlu_fallback", 0.5), ("departures", 0.41234), ("out_of_scope", 0.2), ("lines", 0.1)]
    found = reading(tracker(intent="nlu_fallback", ranking=ranking), "which_topic")
    assert found["intent"] == "nlu_fallback"
    assert (found["guess"], found["confidence"], found["second"]) == ("departures", 0.4123, "lines")
    assert found["replies"] == ["which_topic"]


def test_neither_words_nor_values_are_told():
    entities = [{"entity": "line", "value": "81"}, {"entity": "message_language", "value": "fr"}]
    found = reading(tracker(entities=entities), "utter_departures")
    assert found["facts"] == ["line"]
    assert "81" not in str({name: value for name, value in found.items() if name != "message"})


def test_a_choice_was_not_typed():
    assert reading(tracker(), "utter_departures")["typed"]
    assert not reading(tracker('/departures{"line": "81"}'), "utter_departures")["typed"]


def test_a_commune_counts_once_it_is_known_which():
    assert reading(tracker(commune="commune:ixelles"), "utter_hall")["commune"] == "ixelles"
    assert reading(tracker(commune="xl"), "ask_commune")["commune"] is None


def test_nothing_said_nothing_read():
    assert reading(DialogueStateTracker("a", []), "utter_greet") is None


def test_the_replies_to_one_message_stand_together():
    first, second = tracker(), tracker("et le tri")
    readings = Readings()
    for each, reply in ((first, "utter_departures"), (first, "ask_direction"), (second, "utter_sorting")):
        readings.add(reading(each, reply))
    told = readings.told()
    assert [each["replies"] for each in told] == [["utter_departures", "ask_direction"], ["utter_sorting"]]
    assert all("message" not in each for each in told)
