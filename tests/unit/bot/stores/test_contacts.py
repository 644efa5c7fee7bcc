"""How a resident can be reached stays in a session as long as the request that asked for it, and no longer."""

import json

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered

from bot.stores.sessions import SessionTrackerStore

EMAIL, WRITTEN, PLAIN = "ann@example.org", "(0470) 12 34 56", "0470 12 34 56"


def draft(**contact):
    facts = {"place": {"value": {"id": "street:1"}, "label": "Rue Blaes"}}
    if contact:
        facts["contact"] = {"value": contact, "label": next(iter(contact.values()))}
    return {"subject": "waste_bulky_pickup", "facts": facts}


async def kept(*events):
    sessions = SessionTrackerStore(Domain.empty(), host=None)
    tracker = await sessions.get_or_create_tracker("a")
    for event in events:
        tracker.update(event)
    await sessions.save(tracker)
    return sessions, json.dumps(json.loads(sessions.store["a"]), ensure_ascii=False)


def asked_and_given(words, **contact):
    return (
        UserUttered("rue Blaes", parse_data={"text": "rue Blaes", "entities": [{"entity": "x", "value": "rue Blaes"}]}),
        SlotSet("draft", draft()),
        ActionExecuted("action_listen"),
        UserUttered(words, parse_data={"text": words, "entities": [{"entity": "phone", "value": words}]}),
        SlotSet("draft", draft(**contact)),
        BotUttered(f"Pour vous joindre : {next(iter(contact.values()))}"),
        ActionExecuted("action_listen"),
    )


async def test_it_is_there_while_the_request_is_open():
    _, written = await kept(*asked_and_given(EMAIL, email=EMAIL))
    assert written.count(EMAIL) >= 3


@pytest.mark.parametrize(
    ("words", "contact"),
    [(f"écrivez à {EMAIL}", {"email": EMAIL}), (f"appelez le {WRITTEN}", {"phone": PLAIN})],
)
async def test_it_is_gone_once_the_request_is_over(words, contact):
    sessions, written = await kept(*asked_and_given(words, **contact), UserUttered("oui"), SlotSet("draft", None))
    for trace in (EMAIL, WRITTEN, PLAIN, "12 34 56"):
        assert trace not in written
    tracker = await sessions.retrieve("a")
    assert [event.text for event in tracker.events if isinstance(event, UserUttered)] == ["[…]", "oui"]
    assert tracker.get_slot("draft") is None


async def test_a_session_without_a_contact_is_kept_as_it_is():
    said = (UserUttered(f"je cite {EMAIL}"), SlotSet("draft", draft()), SlotSet("draft", None))
    _, written = await kept(*said)
    assert EMAIL in written
