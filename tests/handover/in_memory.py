"""A hand-over for tests of the desk: owners and notes in memory, what is said in the gateway's own conversations."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from fastapi import FastAPI

from services.desk.handover import (
    Access,
    Card,
    Chat,
    Event,
    Fact,
    GoneError,
    Line,
    Note,
    NotYoursError,
    Overview,
    Person,
    Queue,
    Suggestion,
)
from services.gateway.conversations import repository
from services.gateway.dialogue.port import Draft

#: How often it looks for what residents have said.
_LOOK_EVERY_S = 0.05


class InMemoryHandOver:
    """Who waits and who has whom, for one process and as long as it runs."""

    def __init__(self, app: FastAPI, clock: Any) -> None:
        self._app = app
        self._clock = clock
        self.chats: dict[str, dict[str, Any]] = {}
        self.people_there: dict[str, Person] = {}
        self.kept_notes: dict[str, list[Note]] = {}
        self.seen: dict[str, list[Access]] = {}
        self.said: set[tuple[str, str]] = set()
        self.settled: list[tuple[str, str]] = []
        self.came = asyncio.Event()
        self.typed: list[str] = []
        self.suggestions: list[Suggestion] = []
        self.facts: tuple[Fact, ...] = ()
        self._listeners: list[asyncio.Queue[Event | None]] = []

    async def ask(self, conversation_id: str, *, topic: str = "other", team: str | None = None, code: str = "") -> None:
        """Let a resident wait for a person."""
        self.chats[conversation_id] = {
            "topic": topic,
            "team": team,
            "owner": None,
            "since": self._clock.now(),
            "code": code or None,
        }
        await self._change(conversation_id, "waiting")
        self.tell(Event("queue", conversation_id))

    def tell(self, event: Event) -> None:
        """Tell everybody who listens."""
        for each in self._listeners:
            each.put_nowait(event)

    def cut(self) -> None:
        """Break every stream of events."""
        for each in self._listeners:
            each.put_nowait(None)

    async def queue(self, teams: Sequence[str]) -> Sequence[Chat]:
        waiting = [i for i, each in self.chats.items() if each["owner"] is None]
        return [await self._chat(i) for i in waiting if not teams or self.chats[i]["team"] in {None, *teams}]

    async def mine(self, operator_id: str) -> Sequence[Chat]:
        return [await self._chat(i) for i, each in list(self.chats.items()) if each["owner"] == operator_id]

    async def take(self, conversation_id: str, operator_id: str) -> bool:
        found = self._known(conversation_id)
        if found["owner"] is not None:
            return False
        found["owner"] = operator_id
        await self._change(conversation_id, "operator")
        self._note_access(conversation_id, operator_id, "took")
        self.tell(Event("queue"))
        self.tell(Event("chats"))
        return True

    async def card(self, conversation_id: str, operator_id: str) -> Card:
        found = self._known(conversation_id)
        self._note_access(conversation_id, operator_id, "looked")
        return Card(await self._chat(conversation_id), found["code"], self.facts, ("« réponse »",), ("BXL-2026-00123",))

    async def transcript(self, conversation_id: str, operator_id: str, after: int = 0) -> Sequence[Line]:
        self._known(conversation_id)
        messages = await self._messages(conversation_id)
        delivery = "delivered"
        return [
            Line(
                number,
                each.at,
                each.author,
                each.language,
                each.text,
                self._name(self.chats[conversation_id]["owner"]) if each.author == "operator" else None,
                delivery if each.author == "operator" else None,
            )
            for number, each in enumerate(messages, start=1)
            if number > after
        ]

    async def say(self, conversation_id: str, operator_id: str, client_id: str, text: str, language: Any) -> None:
        self._owned(conversation_id, operator_id)
        if (conversation_id, client_id) in self.said:
            return
        self.said.add((conversation_id, client_id))
        await self._app.state.chat.tell(conversation_id, "operator", [Draft(text, language)])
        self.tell(Event("chat", conversation_id, "operator"))

    async def suggest(self, conversation_id: str) -> Sequence[Suggestion]:
        return self.suggestions

    async def proposal(self, conversation_id: str) -> None:
        return None

    async def note(self, conversation_id: str, operator_id: str, text: str) -> None:
        self._known(conversation_id)
        kept = self.kept_notes.setdefault(conversation_id, [])
        kept.append(Note(self._clock.now(), self._name(operator_id) or "", text))

    async def notes(self, conversation_id: str) -> Sequence[Note]:
        return self.kept_notes.get(conversation_id, [])

    async def transfer(
        self, conversation_id: str, operator_id: str, *, to_operator: str | None = None, to_team: str | None = None
    ) -> None:
        found = self._owned(conversation_id, operator_id)
        found.update(owner=to_operator, team=to_team)
        await self._change(conversation_id, "operator" if to_operator else "waiting")
        self.tell(Event("chats", conversation_id))

    async def give_back(self, conversation_id: str, operator_id: str, settled: str) -> None:
        self._owned(conversation_id, operator_id)
        self.settled.append((conversation_id, settled))
        del self.chats[conversation_id]
        await self._change(conversation_id, "assistant")

    async def close(self, conversation_id: str, operator_id: str) -> None:
        self._owned(conversation_id, operator_id)
        del self.chats[conversation_id]
        await self._change(conversation_id, "closed")

    async def reassign(self, conversation_id: str, supervisor_id: str, to_operator: str) -> None:
        self._known(conversation_id)["owner"] = to_operator
        await self._change(conversation_id, "operator")
        self.tell(Event("chats", conversation_id))

    async def typing(self, conversation_id: str, operator_id: str) -> None:
        self.typed.append(conversation_id)

    async def until_somebody_is_there(self) -> None:
        """Wait until somebody says that they are there."""
        async with asyncio.timeout(10):
            while not self.people_there:
                self.came.clear()
                await self.came.wait()

    async def present(self, operator_id: str, name: str, teams: Any, languages: Any, status: Any) -> None:
        self.came.set()
        self.people_there[operator_id] = Person(operator_id, name, status, tuple(teams), tuple(languages), 0)

    async def people(self) -> Sequence[Person]:
        return list(self.people_there.values())

    async def overview(self) -> Overview:
        chats = [await self._chat(i) for i in list(self.chats)]
        waiting = [each for each in chats if each.owner_id is None]
        queues = [Queue(waiting[0].team, waiting[0].language, len(waiting), waiting[0].since)] if waiting else []
        return Overview(queues, list(self.people_there.values()), chats)

    async def by_code(self, code: str, operator_id: str) -> str | None:
        return next((i for i, each in self.chats.items() if each["code"] == code.upper()), None)

    async def accesses(self, conversation_id: str) -> Sequence[Access]:
        return self.seen.get(conversation_id, [])

    @contextlib.asynccontextmanager
    async def events(self, operator_id: str) -> AsyncIterator[AsyncIterator[Event]]:
        news: asyncio.Queue[Event | None] = asyncio.Queue()
        self._listeners.append(news)
        heard = {i: (await self._chat(i)).last_seq for i in list(self.chats)}

        async def every() -> AsyncIterator[Event]:
            while True:
                with contextlib.suppress(TimeoutError):
                    event = await asyncio.wait_for(news.get(), _LOOK_EVERY_S)
                    if event is None:
                        return
                    yield event
                for chat in [await self._chat(i) for i in list(self.chats)]:
                    before = heard.setdefault(chat.conversation_id, chat.last_seq)
                    if chat.last_seq > before:
                        heard[chat.conversation_id] = chat.last_seq
                        yield Event("chat", chat.conversation_id, chat.last_author)

        try:
            yield every()
        finally:
            self._listeners.remove(news)

    def _known(self, conversation_id: str) -> dict[str, Any]:
        if conversation_id not in self.chats:
            raise GoneError
        return self.chats[conversation_id]

    def _owned(self, conversation_id: str, operator_id: str) -> dict[str, Any]:
        found = self._known(conversation_id)
        if found["owner"] != operator_id:
            raise NotYoursError
        return found

    def _name(self, operator_id: str | None) -> str | None:
        return self.people_there[operator_id].name if operator_id in self.people_there else operator_id

    def _note_access(self, conversation_id: str, operator_id: str, what: str) -> None:
        noted = Access(self._clock.now(), self._name(operator_id) or "", what)
        self.seen.setdefault(conversation_id, []).append(noted)

    async def _messages(self, conversation_id: str) -> Any:
        return await self._app.state.database.read(lambda c: repository.of_conversation(c, conversation_id))

    async def _change(self, conversation_id: str, state: str) -> None:
        await self._app.state.database.write(lambda c: repository.change(c, conversation_id, state=state))
        self._app.state.hub.wake(conversation_id)

    async def _chat(self, conversation_id: str) -> Chat:
        found = self._known(conversation_id)
        row = await self._app.state.database.read(lambda c: repository.find(c, conversation_id))
        if row is None:
            raise GoneError
        messages = await self._messages(conversation_id)
        asked = [each.text for each in messages if each.author == "resident"]
        since: datetime = found["since"]
        return Chat(
            conversation_id,
            row.state,
            row.channel,
            row.language,
            found["topic"],
            asked[-1] if asked else "–",
            since,
            row.last_seq,
            messages[-1].author,
            found["team"],
            found["owner"],
            self._name(found["owner"]),
        )
