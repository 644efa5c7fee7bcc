"""Calls actions as the Rasa server does: a JSON body with a tracker, through rasa-sdk's executor."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasa_sdk.executor import ActionExecutor

from kit.wire import META_CHANNEL, META_KEPT

Json = dict[str, Any]


def user(intent: str, text: str = "", **entities: str) -> Json:
    """Return the event of an earlier message."""
    return {"event": "user", "text": text, "parse_data": _message(intent, text, entities)}


def acted(name: str) -> Json:
    """Return the event of an action that ran."""
    return {"event": "action", "name": name}


def loop(form: str | None) -> Json:
    """Return the event of a form that opened, or closed."""
    return {"event": "active_loop", "name": form}


def slot(name: str, value: Any) -> Json:
    """Return the event of a slot that was set."""
    return {"event": "slot", "name": name, "value": value}


@dataclass(frozen=True)
class Said:
    """A reply: its id, its parameters and what comes with it."""

    id: str
    message: Json

    @property
    def params(self) -> Json:
        """The parameters as they go to the generator."""
        params: Json = self.message["params"]
        return params

    @property
    def payloads(self) -> list[str]:
        """What choosing each option means."""
        return [option["payload"] for option in self.message.get("options", [])]

    @property
    def labels(self) -> list[Any]:
        """The options' labels."""
        return [option["label"] for option in self.message.get("options", [])]

    @property
    def cards(self) -> list[Json]:
        """The cards."""
        cards: list[Json] = self.message.get("cards", [])
        return cards

    @property
    def source(self) -> Json | None:
        """The source of the facts."""
        return self.message.get("source")

    @property
    def tasks(self) -> list[Json]:
        """What the gateway is to do."""
        tasks: list[Json] = self.message.get("tasks", [])
        return tasks

    def ids(self) -> list[str]:
        """Return the ids of all texts in the reply, the outer first, those of the labels last."""
        return [self.id, *_ids(self.params), *_ids(self.labels)]

    def texts(self) -> list[tuple[str, Json]]:
        """Return the texts inside the reply, each with its parameters, in order."""
        return list(_texts([self.params, *self.labels]))

    def part(self, reply_id: str) -> Json:
        """Return the parameters of a text inside the reply."""
        return next(params for found, params in self.texts() if found == reply_id)


@dataclass(frozen=True)
class Outcome:
    """What an action answered."""

    said: list[Said]
    events: list[Json]

    @property
    def ids(self) -> list[str]:
        """The replies' ids, in order."""
        return [each.id for each in self.said]

    @property
    def slots(self) -> Json:
        """The slots as the action leaves them."""
        return {event["name"]: event["value"] for event in self.events if event["event"] == "slot"}

    @property
    def calls_for(self) -> str | None:
        """The action that follows."""
        return next((event["name"] for event in self.events if event["event"] == "followup"), None)

    @property
    def rejected(self) -> bool:
        """Whether the form says that the message is no answer to it."""
        return any(event["event"] == "action_execution_rejected" for event in self.events)


class Rasa:
    """A stand-in for the server's side of the protocol."""

    def __init__(self, executor: ActionExecutor) -> None:
        self.executor = executor

    async def run(
        self,
        action: str,
        intent: str,
        text: str = "",
        *,
        speaks: str | None = "fr",
        slots: Mapping[str, Any] | None = None,
        before: Sequence[Json] = (),
        after: Iterable[Json] = (),
        form: str | None = None,
        asked: str | None = None,
        ranking: Sequence[tuple[str, float]] = (),
        kept: Json | None = None,
        channel: str = "web",
        **entities: str,
    ) -> Outcome:
        """Run an action on the turn of a message.

        ``speaks`` is the language of the conversation so far. ``entities`` also fill their slots, as the domain's
        mappings do. ``before`` are events of earlier turns,
        ``after`` those of this turn. ``kept`` is what the gateway tells
        that it keeps, of a conversation on ``channel``. ``form`` is open, with ``asked`` as the slot that it asked for.
        """
        message = _message(intent, text, entities, ranking)
        filling = {name: value for name, value in entities.items() if name not in {"language", "message_language"}}
        if "message_language" in entities:  # the language that is spoken, which need not be the one that is named
            filling["language"] = entities["message_language"]
        held = {"language": speaks, **(slots or {}), **filling}
        if asked and asked not in entities and intent in {"inform", "nlu_fallback"} and text:
            held[asked] = text
        filled = [slot(name, held[name]) for name in held if name in filling or name == asked]
        metadata = {META_CHANNEL: channel, **({META_KEPT: kept} if kept else {})}
        said = {"event": "user", "text": text, "parse_data": message, "metadata": metadata}
        call = {
            "next_action": action,
            "sender_id": "someone",
            "domain": {"slots": {}},
            "version": "3.6.21",
            "tracker": {
                "sender_id": "someone",
                "slots": {"requested_slot": asked, **held},
                "latest_message": message,
                "events": [*before, said, *filled, *after],
                "active_loop": {"name": form} if form else {},
                "latest_action_name": "action_listen",
                "paused": False,
                "followup_action": None,
            },
        }
        result = await self.executor.run(json.loads(json.dumps(call)))
        assert result is not None
        answer = json.loads(json.dumps(result.model_dump()))
        return Outcome([Said(each["response"], each) for each in answer["responses"]], answer["events"])


def _message(intent: str, text: str, entities: Mapping[str, str], ranking: Sequence[tuple[str, float]] = ()) -> Json:
    found = []
    for name, value in entities.items():
        start = max(text.find(value), 0)
        found.append({"entity": name, "value": value, "start": start, "end": start + len(value)})
    ranked = [{"name": name, "confidence": likely} for name, likely in ranking]
    return {
        "intent": {"name": intent, "confidence": 0.9},
        "intent_ranking": ranked,
        "text": text or f"/{intent}",
        "entities": found,
        "metadata": {},
    }


def _texts(value: Any) -> Iterator[tuple[str, Json]]:
    if isinstance(value, dict):
        if value.get("t") == "reply":
            yield value["id"], value["params"]
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _ids(value: Any) -> list[str]:
    return [reply_id for reply_id, _ in _texts(value)]
