"""The state of dialogues is kept for one session and no longer."""

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.stores.sessions import SessionTrackerStore


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


async def test_a_dialogue_goes_when_nobody_writes():
    sessions = store(minutes=1)
    now = [0.0]
    sessions.store = type(sessions.store)(maxsize=10, ttl=sessions.store.ttl, timer=lambda: now[0])
    await say(sessions, "a", "x")
    now[0] = 61.0
    assert await sessions.retrieve("a") is None


async def test_an_empty_dialogue_is_dropped():
    sessions = store()
    await say(sessions, "a", "x")
    await sessions.save(DialogueStateTracker("a", None))
    assert await sessions.retrieve("a") is None
