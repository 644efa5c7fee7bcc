"""The gateway's channel: who may speak, what is a command, and what comes back."""

import json
import time

import pytest
from rasa.core.channels.channel import UserMessage, register
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Sanic
from sanic_testing.testing import SanicASGITestClient

from bot.channels.city import CityChannel, CollectingChannel, harmless, read_message
from kit import signing

SECRET = "a secret"


class Loop:
    """Stands for the store of trackers: a form that is open, or none."""

    active_loop_name = None
    question = None

    def __init__(self):
        self.saved = {}

    async def retrieve(self, sender_id):
        return self

    async def get_or_create_tracker(self, sender_id):
        return DialogueStateTracker(sender_id, [AnySlot(name, mappings=[]) for name in ("address", "draft")])

    async def save(self, tracker):
        self.saved[tracker.sender_id] = tracker if tracker.events else None

    def current_slot_values(self):
        return {"address": "address:4012:20", "draft": {"facts": {}}, "stop": None}

    def get_slot(self, name):
        return {"last_question": self.question}[name]


class Agent:
    """Stands for the dialogue engine: says what it is told to."""

    def __init__(self):
        self.heard = []
        self.tracker_store = Loop()
        self.says = []
        self.error = None
        self.likely = 0.1
        self.slots = {}

    async def parse_message(self, text):
        intents = {"sacs": "waste_collection_day", "tram": "transport_next_departures", "feu": "city_emergency"}
        name = next((intent for word, intent in intents.items() if word in text), "nlu_fallback")
        ranking = [{"name": "nlu_fallback", "confidence": 0.5}, {"name": "city_emergency", "confidence": self.likely}]
        return {"intent": {"name": name, "confidence": 0.9}, "intent_ranking": ranking}

    async def handle_message(self, message: UserMessage):
        self.heard.append(message)
        side = self.tracker_store.saved.get(message.sender_id)
        self.slots = side.current_slot_values() if side else {}
        if self.error:
            raise self.error
        for draft in self.says:
            await message.output_channel.send_response(message.sender_id, dict(draft))


@pytest.fixture
def agent():
    return Agent()


@pytest.fixture
def client(agent):
    Sanic.test_mode = True
    app = Sanic(f"channel_{time.monotonic_ns()}")
    app.ctx.agent = agent
    register([CityChannel(SECRET)], app, route="/webhooks/")
    return SanicASGITestClient(app)


async def post(client, content, *, secret=SECRET, at=None):
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    header = signing.sign(secret, body, int(at or time.time()))
    _, answer = await client.post("/webhooks/city/webhook", content=body, headers={signing.HEADER: header})
    return answer


async def test_everything_said_in_a_turn_comes_back_in_order(client, agent):
    agent.says = [
        {"text": "Bonjour.", "language": "fr", "choices": []},
        {
            "text": "Demain.",
            "language": "fr",
            "choices": [{"label": "Oui", "payload": "/affirm"}],
            "cards": [{"type": "collections", "rows": []}],
            "source": {"name": "Bruxelles-Propreté"},
        },
    ]
    answer = await post(client, {"sender": "a", "text": "salut", "metadata": {"language": "fr"}})
    assert answer.status == 200
    assert answer.json["language"] == "fr"
    assert [message["text"] for message in answer.json["messages"]] == ["Bonjour.", "Demain."]
    assert answer.json["messages"][1]["choices"] == [{"label": "Oui", "payload": "/affirm"}]
    assert answer.json["messages"][1]["cards"] == [{"type": "collections", "rows": []}]
    assert answer.json["messages"][1]["source"] == {"name": "Bruxelles-Propreté"}
    assert agent.heard[0].metadata == {"language": "fr"}


async def test_a_reply_in_two_languages_leaves_the_language_open(client, agent):
    other = {"text": "Dag.", "language": "nl", "choices": []}
    agent.says = [{"text": "Bonjour.", "language": "fr", "choices": [], "translations": [other]}]
    answer = await post(client, {"sender": "a", "text": "ok"})
    assert answer.json["language"] is None
    assert [(m["text"], m["language"]) for m in answer.json["messages"]] == [("Bonjour.", "fr"), ("Dag.", "nl")]


async def test_a_source_is_stated_once_where_a_reply_has_two_languages(client, agent):
    other = {"text": "Dag.", "language": "nl", "choices": []}
    agent.says = [{"text": "Bonjour.", "language": "fr", "translations": [other], "source": {"name": "STIB"}}]
    answer = await post(client, {"sender": "a", "text": "ok"})
    assert [message["source"] for message in answer.json["messages"]] == [None, {"name": "STIB"}]


async def test_what_the_gateway_is_to_do_is_told_once_and_only_there(client, agent):
    other = {"text": "Dag.", "language": "nl", "choices": []}
    agent.says = [
        {"text": "Bonjour.", "language": "fr", "choices": []},
        {"text": "Salut.", "language": "fr", "translations": [other], "tasks": [{"do": "erase"}]},
    ]
    answer = await post(client, {"sender": "a", "text": "ok"})
    assert [message["tasks"] for message in answer.json["messages"]] == [[], [], [{"do": "erase"}]]


@pytest.mark.parametrize("wrong", [{"secret": "another"}, {"at": 1}])
async def test_who_is_not_the_gateway_is_not_heard(client, agent, wrong):
    assert (await post(client, {"sender": "a", "text": "x"}, **wrong)).status == 401
    assert agent.heard == []


async def test_without_a_signature_nothing_is_heard(client, agent):
    _, answer = await client.post("/webhooks/city/webhook", json={"sender": "a", "text": "x"})
    assert answer.status == 401
    assert agent.heard == []


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"{",
        [],
        {"text": "no sender"},
        {"sender": "", "text": "x"},
        {"sender": "a" * 101, "text": "x"},
        {"sender": "a"},
        {"sender": "a", "text": "x", "payload": "/y"},
        {"sender": "a", "text": 3},
        {"sender": "a", "text": "x", "metadata": "fr"},
    ],
)
async def test_what_is_not_a_message_is_refused(client, agent, content):
    answer = await post(client, content)
    assert answer.status == 400
    assert answer.json["error"]
    assert agent.heard == []


async def test_a_failure_is_said_without_its_cause_or_the_residents_words(client, agent, caplog):
    agent.error = RuntimeError("could not read: my secret address")
    answer = await post(client, {"sender": "a", "text": "my secret address"})
    assert answer.status == 500
    assert "secret address" not in answer.text + caplog.text


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("/restart", "restart"),
        (" \u00a0/restart", "restart"),
        ("//restart", "restart"),
        ("/ /restart", "restart"),
        ('/inform{"address":"street:1"}', 'inform{"address":"street:1"}'),
        ("\u200b/restart", "\u200b restart"),
        ("tram 81/82", "tram 81/82"),
        ("/", "?"),
        ("", "?"),
        ("…/…", "… …"),
    ],
)
def test_typed_text_never_is_a_command(typed, heard):
    assert harmless(typed) == heard
    message = read_message(json.dumps({"sender": "a", "text": typed}).encode(), CollectingChannel())
    assert not message.text.startswith("/")


def test_a_payload_of_the_gateway_is_a_command():
    message = read_message(b'{"sender": "a", "payload": "/affirm"}', CollectingChannel())
    assert message.text == "/affirm"


def test_an_empty_secret_is_refused(monkeypatch):
    monkeypatch.delenv("BXL_CHANNEL_SECRET", raising=False)
    with pytest.raises(ValueError, match="BXL_CHANNEL_SECRET"):
        CityChannel.from_credentials(None)


TWO = "C'est quand les sacs rue Blaes ? Et le prochain tram à Flagey ?"


async def test_two_questions_of_one_message_are_both_answered_in_one_answer(client, agent):
    agent.says = [{"text": "Voici.", "language": "fr", "choices": []}]
    answer = await post(client, {"sender": "a", "text": TWO, "metadata": {"language": "fr"}})
    assert [each.text for each in agent.heard] == ["C'est quand les sacs rue Blaes ?", "Et le prochain tram à Flagey ?"]
    assert [each.metadata["language"] for each in agent.heard] == ["fr", "fr"]
    assert len(answer.json["messages"]) == 2


async def test_an_answer_to_an_open_question_stays_whole(client, agent):
    agent.tracker_store.active_loop_name = "filing_form"
    await post(client, {"sender": "a", "text": TWO})
    assert [each.text for each in agent.heard] == [TWO]


class Answered(Loop):
    question = "transport_next_departures"


class Filing(Answered):
    active_loop_name = "filing_form"


async def test_a_few_words_are_told_which_question_was_before(client, agent):
    agent.tracker_store = Answered()
    await post(client, {"sender": "a", "text": "en terug?", "metadata": {"language": "nl"}})
    assert agent.heard[0].metadata == {"language": "nl", "question": "transport_next_departures"}


@pytest.mark.parametrize(
    ("store", "content"),
    [
        (Loop(), {"text": "en terug?"}),
        (Filing(), {"text": "en terug?"}),
        (Answered(), {"text": "wanneer komt de volgende bus van hier naar daar vanavond?"}),
        (Answered(), {"payload": "/affirm"}),
    ],
    ids=["nothing asked", "a form is open", "a whole question", "a choice"],
)
async def test_other_messages_are_not(client, agent, store, content):
    agent.tracker_store = store
    await post(client, {"sender": "a", **content})
    assert "question" not in (agent.heard[0].metadata or {})


@pytest.mark.parametrize(
    ("said", "likely", "heard"),
    [
        ("il y a le feu", 0.1, True),
        ("merci", 0.1, False),
        ("ça sent bizarre", 0.25, True),
        ("quel jour pour les sacs", 0.25, False),
    ],
)
async def test_where_only_emergencies_are_answered_nothing_else_is_even_heard(client, agent, said, likely, heard):
    agent.says = [{"text": "112", "language": "fr"}]
    agent.likely = likely
    answer = await post(client, {"sender": "a", "text": said, "metadata": {"urgent_only": True}})
    assert [each["text"] for each in answer.json["messages"]] == (["112"] if heard else [])
    assert bool(agent.heard) is heard


async def test_beside_a_conversation_its_facts_are_known_its_draft_is_not_and_nothing_is_left(client, agent):
    await post(client, {"sender": "aside-1", "text": "quand ?", "metadata": {"aside_of": "a"}})
    assert agent.slots == {"address": "address:4012:20", "draft": None}
    assert agent.tracker_store.saved == {"aside-1": None}


async def test_what_was_said_beside_is_dropped_where_it_failed_as_well(client, agent):
    agent.error = ValueError("x")
    answer = await post(client, {"sender": "aside-1", "text": "quand ?", "metadata": {"aside_of": "a"}})
    assert answer.status == 500
    assert agent.tracker_store.saved == {"aside-1": None}


async def move(client, content, *, secret=SECRET):
    body = json.dumps(content).encode()
    header = signing.sign(secret, body, int(time.time()))
    _, answer = await client.post("/webhooks/city/moving", content=body, headers={signing.HEADER: header})
    return answer


async def test_a_conversation_that_has_moved_on_is_not_heard_until_it_comes_back(client, agent):
    agent.tracker_store.kept = lambda sender_id: {"written": sender_id, "idle_s": 1.0} if sender_id == "a" else None
    given = await move(client, {"do": "give", "names": ["a", "new"]})
    assert given.json == {"sessions": {"a": {"written": "a", "idle_s": 1.0}}}
    assert (await post(client, {"sender": "a", "text": "x"})).status == 409
    assert agent.heard == []
    assert (await post(client, {"sender": "b", "text": "x"})).status == 200
    assert (await move(client, {"do": "resume"})).json == {"under_way": 0}
    assert (await post(client, {"sender": "a", "text": "x"})).status == 200


async def test_only_who_signs_moves_conversations_and_only_what_is_to_be_done_is_done(client, agent):
    assert (await move(client, {"do": "resume"}, secret="another")).status == 401
    assert (await move(client, {"do": "dance"})).status == 400
    assert (await move(client, {"do": "take"})).json == {"taken": 0}
