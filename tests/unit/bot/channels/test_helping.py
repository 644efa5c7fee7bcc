"""A caller's question at the desk: starts from nothing, and says what was understood."""

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.helping import begin, understood
from kit import helping

WORDS = "wanneer rijdt tram 81 aan Flagey"


class Store:
    """Keeps one conversation."""

    def __init__(self, tracker=None):
        self.tracker = tracker

    async def retrieve(self, sender_id):
        return self.tracker

    async def save(self, tracker):
        self.tracker = tracker if tracker.events else None


def said(entities=(), ranking=()):
    made = DialogueStateTracker("a", [TextSlot("language", mappings=[{"type": "custom"}])])
    parsed = {"intent": {"name": "asked"}, "entities": list(entities), "intent_ranking": list(ranking)}
    made.update(UserUttered(WORDS, {"name": "asked"}, list(entities), parsed, metadata=metadata()))
    made.update(SlotSet("language", "nl"))
    return made


def metadata(fresh=True):
    return {"help": helping.asked(None, "fr", fresh=fresh)}


def entity(name, part):
    start = WORDS.index(part)
    return {"entity": name, "value": part.lower(), "start": start, "end": start + len(part)}


def message(**given):
    return UserMessage(WORDS, sender_id="a", metadata=given)


async def test_what_was_understood_is_told_with_the_facts_as_they_stand_in_the_words():
    ranking = [
        {"name": name, "confidence": sure} for name, sure in (("nlu_fallback", 0.4), ("asked", 0.3), ("b", 0.05))
    ]
    found = [entity("stop", "Flagey"), entity("address", "Flagey"), entity("line", "81"), entity("line", "tram 81")]
    found.append({"entity": "message_language", "value": "nl"})
    told = await understood(message(**metadata()), Store(said(found, ranking)))
    assert told["language"] == "nl"
    assert (told["intent"], told["likely"]) == ("asked", ["asked"])
    assert [(each["name"], each["text"]) for each in told["facts"]] == [("line", "tram 81"), ("stop", "Flagey")]
    assert told["form"] is None


@pytest.mark.parametrize(("fresh", "left"), [(True, False), (False, True)])
async def test_a_new_question_starts_from_nothing_and_a_choice_goes_on(fresh, left):
    store = Store(said())
    await begin(message(**metadata(fresh)), store)
    assert (store.tracker is not None) == left


async def test_a_resident_s_message_is_told_nothing_of():
    store = Store(said())
    await begin(message(language="nl"), store)
    assert store.tracker is not None
    assert await understood(message(language="nl"), store) is None
    assert await understood(message(**metadata()), None) is None
