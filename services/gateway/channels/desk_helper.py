"""Callers' questions, asked of the Rasa server for the desk: one turn, both languages, and what was understood."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, Field

from kit import helping, tasks, wire
from kit.languages import Language
from services.desk.cards import drawn
from services.desk.helping import Choice, Fact, Found, HelperDownError, Question, Reply, Source
from services.gateway.conversations.masking import masked
from services.gateway.dialogue import rasa
from services.gateway.dialogue.port import DialogueError

#: What only a chat can have: being told of something unasked, and a person to write to.
_OF_A_CHAT: Final = frozenset({tasks.SUBSCRIBE, tasks.UNSUBSCRIBE, tasks.BE_QUIET, tasks.ASK_PERSON, tasks.ERASE})
#: What has such a thing offered: reminders, and following something.
_OFFERS_OF_A_CHAT: Final = f"/{wire.REMINDER_INTENT}"


class _Fact(BaseModel):
    name: str
    start: int
    end: int


class _Understood(BaseModel):
    language: Language | None = None
    intent: str | None = None
    likely: list[str] = Field(default=[])
    facts: list[_Fact] = Field(default=[])
    form: str | None = None


class _Message(BaseModel):
    text: str
    language: Language
    choices: list[rasa.Choice] = Field(default=[])
    source: rasa.Source | None = None
    tasks: list[dict[str, Any]] = Field(default=[])
    cards: list[dict[str, Any]] = Field(default=[])
    ids: list[str] = Field(default=[])
    #: Whether it says the message before it in another language.
    goes_on: bool = False


class _Body(BaseModel):
    messages: list[_Message]
    understood: _Understood | None = None


class RasaHelper:
    """The Rasa server as the desk's helper."""

    def __init__(self, dialogue: rasa.RasaDialogue) -> None:
        self._dialogue = dialogue

    async def ask(self, conversation_id: str, question: Question) -> Found:
        """Return the answer. Raises HelperDownError."""
        said = masked(question.value)[0] if question.kind == "text" else question.value
        asked = helping.asked(question.caller, question.own, fresh=question.fresh)
        metadata = {wire.META_CHANNEL: "desk", wire.META_HELP: asked}
        if question.caller:
            metadata[wire.META_LANGUAGE] = question.caller
        content = {"sender": conversation_id, question.kind: said, "metadata": metadata}
        try:
            body = await self._dialogue.ask(content, _Body)
        except DialogueError as error:
            raise HelperDownError(str(error)) from error
        understood = body.understood or _Understood()
        done = {task.get("do") for message in body.messages for task in message.tasks}
        return Found(
            replies=tuple(_reply(group) for group in _groups(body.messages)),
            language=understood.language,
            intent=understood.intent,
            likely=tuple(understood.likely),
            facts=tuple(Fact(each.name, each.start, each.end) for each in understood.facts),
            words=said,
            asks=understood.form is not None,
            needs_chat=bool(done & _OF_A_CHAT),
        )

    async def forget(self, conversation_id: str) -> None:
        """Forget the question that is open; where Rasa cannot be reached, it ends by itself within the hour."""
        await self._dialogue.forget(conversation_id)


def _groups(messages: list[_Message]) -> list[list[_Message]]:
    """Return what is said, each with its languages together."""
    groups: list[list[_Message]] = []
    for each in messages:
        if each.goes_on and groups:
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _reply(group: list[_Message]) -> Reply:
    """Return one message in its languages, without the choices that only a chat can have."""
    first, source = group[0], group[-1].source
    labels: list[dict[Language, str]] = [{} for _ in first.choices]
    for each in group:
        for label, choice in zip(labels, each.choices, strict=False):
            label[each.language] = choice.label
    return Reply(
        texts={each.language: each.text for each in group},
        choices=tuple(
            Choice(label, choice.payload)
            for label, choice in zip(labels, first.choices, strict=True)
            if not choice.payload.startswith(_OFFERS_OF_A_CHAT)
        ),
        source=Source(source.name, source.url, source.as_of, bool(source.realtime), source.sample) if source else None,
        text_ids=tuple(dict.fromkeys(first.ids)),
        cards=drawn(card for each in group for card in each.cards),
    )
