"""The state of dialogues is kept for one session and no longer."""

import time

import pytest
from rasa.core.agent import Agent
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.stores.sessions import SessionTrackerStore, sessions_of


def store(**settings):
    return SessionTrackerStore(Domain.empty(), host=None, **settings)


async def say(sessions, sender, *texts):
    tracker = await sessions.get_or_create_tracker(sender)
    for text in texts:
        tracker.update(UserUttered(text))
    await sessions.save(tracker)


async def test_a_dialogue_is_found_again():
    sessions = store()
    await say(sessions, "a", "bonjour")
    assert (await sessions.retrieve("a")).latest_message.text == "bonjour"


async def test_an_earlier_session_is_forgotten():
    sessions = store()
    tracker = await sessions.get_or_create_tracker("a")
    for event in (
        ActionExecuted("action_session_start"),
        SessionStarted(),
        UserUttered("old words"),
        ActionExecuted("action_session_start"),
        SessionStarted(),
        UserUttered("new words"),
    ):
        tracker.update(event)
    await sessions.save(tracker)
    assert "old words" not in sessions.store["a"]
    assert "new words" in sessions.store["a"]


async def test_the_oldest_goes_where_there_are_too_many():
    sessions = store(max_sessions=2)
    for sender in ("a", "b", "c"):
        await say(sessions, sender, "x")
    assert set(await sessions.keys()) == {"b", "c"}


@pytest.fixture
def clocked():
    """A store whose clock stands until it is told."""

    def make(**settings):
        sessions, now = store(**settings), [0.0]
        sessions.store = type(sessions.store)(maxsize=10, ttu=sessions.ends_at, timer=lambda: now[0])
        return sessions, now

    return make


async def test_a_dialogue_goes_when_nobody_writes(clocked):
    sessions, now = clocked(minutes=1)
    await say(sessions, "a", "x")
    now[0] = 61.0
    assert await sessions.retrieve("a") is None


async def test_a_dialogue_that_is_taken_over_ends_when_it_would_have_ended(clocked):
    before, (after, now) = store(minutes=1), clocked(minutes=1)
    await say(before, "a", "x")
    after.adopt("a", {**before.kept("a"), "idle_s": 50.0})
    now[0] = 9.0
    assert (await after.retrieve("a")).latest_message.text == "x"
    now[0] = 11.0
    assert await after.retrieve("a") is None
    await say(after, "a", "y")
    now[0] = 70.0
    assert (await after.retrieve("a")).latest_message.text == "y"


async def test_how_long_nobody_wrote_is_told_with_a_dialogue(monkeypatch):
    sessions = store()
    await say(sessions, "a", "x")
    written = time.time()
    monkeypatch.setattr(time, "time", lambda: written + 30)
    assert sessions.kept("a")["idle_s"] == pytest.approx(30, abs=1)
    assert sessions.kept("nobody") is None
    assert sessions.names() == ["a"]


async def test_a_dialogue_that_is_over_is_not_taken_over(clocked):
    before, (after, _) = store(), clocked(minutes=1)
    await say(before, "a", "x")
    after.adopt("a", {**before.kept("a"), "idle_s": 61.0})
    assert after.names() == []


async def test_what_the_next_model_does_not_have_is_left_out_and_the_rest_goes_on():
    domain = "version: '3.1'\nslots:\n  kept: {type: any, mappings: [{type: custom}]}\n"
    old = Domain.from_yaml(
        domain + "  lost: {type: any, mappings: [{type: custom}]}\nforms:\n  lost_form: {required_slots: []}\n"
    )
    before, after = SessionTrackerStore(old, host=None), SessionTrackerStore(Domain.from_yaml(domain), host=None)
    tracker = await before.get_or_create_tracker("a")
    for event in (
        UserUttered("words"),
        SlotSet("kept", 1),
        SlotSet("lost", 2),
        ActiveLoop("lost_form"),
        SlotSet("requested_slot", "lost"),
    ):
        tracker.update(event)
    await before.save(tracker)
    after.adopt("a", before.kept("a"))
    found = await after.retrieve("a")
    assert found.latest_message.text == "words"
    assert found.get_slot("kept") == 1
    assert found.active_loop_name is None
    assert "lost" not in after.store["a"]


async def test_a_form_that_both_models_have_stays_open():
    slots = "slots:\n  place: {type: any, mappings: [{type: custom}]}\n"
    domain = Domain.from_yaml(f"version: '3.1'\n{slots}forms:\n  place_form: {{required_slots: [place]}}\n")
    before, after = SessionTrackerStore(domain, host=None), SessionTrackerStore(domain, host=None)
    tracker = await before.get_or_create_tracker("a")
    for event in (UserUttered("words"), ActiveLoop("place_form"), SlotSet("requested_slot", "place")):
        tracker.update(event)
    await before.save(tracker)
    after.adopt("a", before.kept("a"))
    found = await after.retrieve("a")
    assert (found.active_loop_name, found.get_slot("requested_slot")) == ("place_form", "place")


async def test_the_store_is_found_inside_of_those_that_the_agent_wraps_it_in():
    sessions = store()
    domain = Domain.from_yaml("version: '3.1'\nslots:\n  kept: {type: any, mappings: [{type: custom}]}\n")
    agent = Agent(domain, tracker_store=sessions)
    assert agent.tracker_store is not sessions
    assert sessions_of(agent.tracker_store) is sessions
    assert [slot.name for slot in sessions.domain.slots if slot.name == "kept"] == ["kept"]


async def test_an_empty_dialogue_is_dropped():
    sessions = store()
    await say(sessions, "a", "x")
    await sessions.save(DialogueStateTracker("a", None))
    assert await sessions.retrieve("a") is None
