"""What is kept between two messages leads to the same state, and does not grow with the talk."""

import pytest
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.stores.compacting import compacted, last_session

INITIAL = {"place": None, "line": None, "language": "fr"}
SLOTS = [AnySlot(name, mappings=[{}], initial_value=value) for name, value in INITIAL.items()]
START = [ActionExecuted("action_session_start"), SessionStarted()]


def turn(text, *events, intent="ask"):
    parsed = {"text": text, "intent": {"name": intent}, "entities": [], "intent_ranking": [{"name": intent}] * 10}
    said = UserUttered(text, parsed["intent"], [], parsed)
    return [ActionExecuted("action_listen"), said, ActionExecuted("action_answer"), *events, BotUttered("answer")]


def tracker(events):
    made = DialogueStateTracker("a", SLOTS)
    for event in events:
        made.update(event)
    return made


def state(events):
    made = tracker(events)
    loop = made.active_loop
    form = loop and (loop.name, loop.rejected, loop.is_interrupted)
    return made.current_slot_values(), form, made.latest_action_name, made.latest_message.text


TALKS = {
    "nothing yet": START,
    "one message": [*START, *turn("a", SlotSet("place", "Flagey"))],
    "many": [*START, *turn("a", SlotSet("place", "Flagey")), *turn("b", SlotSet("line", "81")), *turn("c"), *turn("d")],
    "a slot emptied": [*START, *turn("a", SlotSet("place", "x")), *turn("b", SlotSet("place", None)), *turn("c") * 3],
    "a slot off its beginning": [*START, *turn("a", SlotSet("language", None)), *turn("b") * 3],
    "an open form": [*START, *turn("a", ActiveLoop("filing_form")), *turn("b"), *turn("c"), *turn("d")],
    "a form that rejected": [
        *START,
        *turn("a", ActiveLoop("filing_form")),
        *turn("b", ActionExecutionRejected("filing_form")),
        *turn("c"),
        *turn("d"),
    ],
    "a form that ended": [*START, *turn("a", ActiveLoop("filing_form")), *turn("b", ActiveLoop(None)), *turn("c") * 3],
}


@pytest.mark.parametrize("events", TALKS.values(), ids=TALKS)
def test_the_state_is_the_same(events):
    assert state(compacted(events, INITIAL)) == state(events)


@pytest.mark.parametrize("events", TALKS.values(), ids=TALKS)
def test_a_second_time_changes_nothing(events):
    once = compacted(events, INITIAL)
    assert compacted(once, INITIAL) == once


def test_it_does_not_grow_with_the_talk():
    kept = []
    for number in range(50):
        kept = compacted([*kept, *turn(str(number), SlotSet("place", f"{number}"))], INITIAL)
    assert [event.text for event in kept if isinstance(event, UserUttered)] == ["48", "49"]
    assert len(kept) < 12


def test_what_the_assistant_said_is_not_kept():
    assert not [event for event in compacted([*START, *turn("a")], INITIAL) if isinstance(event, BotUttered)]


def test_a_question_left_open_by_the_message_before_is_still_found():
    events = [*START, *turn("a"), *turn("b", SlotSet("pending", {"slot": "place"})), *turn("c")]
    kept = compacted(events, INITIAL)
    between = kept[kept.index(next(event for event in kept if getattr(event, "text", "") == "b")) :]
    assert SlotSet("pending", {"slot": "place"}) in between


def test_an_earlier_message_keeps_its_meaning_without_the_ranking():
    kept = compacted([*START, *turn("a", intent="greet")], INITIAL)
    (said,) = [event for event in kept if isinstance(event, UserUttered)]
    assert "intent_ranking" not in said.parse_data
    assert (said.text, said.intent_name) == ("a", "greet")


def test_the_tracker_of_the_turn_itself_is_not_touched():
    events = [*START, *turn("a")]
    compacted(events, INITIAL)
    assert "intent_ranking" in events[3].parse_data


def test_only_the_last_session_counts():
    again = [*START, *turn("new")]
    assert last_session([*START, *turn("old"), *again]) == again
