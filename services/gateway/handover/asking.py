"""The resident's side: asking for a person, waiting or not, being called back, and emergencies at any time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, Final

from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, format_number
from sqlalchemy import Connection, Row

from kit.clock import Clock
from kit.languages import Language
from services.gateway.conversations import handovers, presences, repository
from services.gateway.conversations.carrying_out import PHONE
from services.gateway.conversations.schemas import Location, State
from services.gateway.core.database import Database
from services.gateway.core.observability import Metrics
from services.gateway.dialogue.port import Answer, Conversing, Dialogue, DialogueError, Draft, Said
from services.gateway.dialogue.tasks import AskPerson, Effect, Enqueue, ExpectPhone, LeaveQueue
from services.gateway.handover import words
from services.gateway.handover.codes import new_code
from services.gateway.handover.news import Newsroom
from services.gateway.handover.proposing import Proposing
from services.gateway.handover.settings import Times
from services.gateway.handover.topics import OTHER, Topics
from services.gateway.handover.words import Words

#: An operator's resident does not wait longer to learn whether what they wrote is an emergency.
_URGENT_S: Final = 2.0
#: How long ago waits still say how long one waits.
_RECENT: Final = timedelta(hours=2)
#: So many characters of digits were meant as a number.
_DIGITS: Final = 5
#: Where no question was answered, so many guesses at the last ones say whose it may be.
_GUESSES: Final = 2


class Asking:
    """What the gateway itself does in a turn, before and after the dialogue engine."""

    def __init__(
        self,
        *,
        database: Database,
        dialogue: Dialogue,
        said: Words,
        topics: Topics,
        newsroom: Newsroom,
        proposing: Proposing,
        metrics: Metrics,
        clock: Clock,
        times: Times,
    ) -> None:
        self._database = database
        self._dialogue = dialogue
        self._words = said
        self._topics = topics
        self._newsroom = newsroom
        self._proposing = proposing
        self._metrics = metrics
        self._clock = clock
        self._times = times

    async def answer(self, conversation: Row[Any], said: Said | Location) -> Answer | None:
        """Return the answer to what is the gateway's own; None where the assistant is to answer."""
        if conversation.state == "operator":
            answer = await self._only_urgent(conversation, said)
            self._metrics.turns.labels("rasa" if answer.drafts else "nobody").inc()
            return answer
        if isinstance(said, Location):
            return None
        if said.kind == "desk":
            return self._chosen(conversation, said.value)
        if conversation.expects == PHONE and said.kind == "text":
            return await self._called_back(conversation, said.value)
        return None

    def _chosen(self, conversation: Row[Any], meaning: str) -> Answer:
        """Return the answer to a choice of the gateway's own."""
        language = conversation.language
        if meaning == words.CALL_BACK:
            return Answer(self._words.plain("call_back_ask", language), language, (ExpectPhone(),))
        if conversation.state != "waiting":
            return Answer(self._words.plain("hand_not_waiting", language), language)
        return Answer((), language, (LeaveQueue(do="leave_queue"),))  # said when it is completed

    async def completed(self, conversation: Row[Any], answer: Answer) -> Answer:
        """Return an answer with what its wish for a person, or to wait no more, leads to."""
        language = answer.language or conversation.language
        asked = next((task for task in answer.tasks if isinstance(task, AskPerson)), None)
        if asked is not None:
            guesses = [each.guess for each in reversed(answer.readings) if each.guess]
            drafts, wanted = await self._queued(conversation, asked, language, guesses)
            # Where somebody comes, the telephone's hours are of no use; elsewhere they are what helps.
            said = drafts if wanted.waits else (*answer.drafts, *drafts)
            return replace(answer, drafts=said, tasks=(*answer.tasks, wanted))
        if any(isinstance(task, LeaveQueue) for task in answer.tasks):
            text_id = "hand_left" if conversation.state == "waiting" else "hand_no_call"
            return replace(answer, drafts=self._words.plain(text_id, language))
        return answer

    async def happened(self, conversation: Row[Any], tasks: Sequence[Effect], state: State) -> None:
        """Tell the desk of a turn that is stored: somebody waits, waits no more, or wrote."""
        wanted = next((task for task in tasks if isinstance(task, Enqueue) and task.waits), None)
        if wanted is not None and (wanted.phone or conversation.state != "waiting"):
            self._newsroom.queue(conversation.id)
        elif any(isinstance(task, LeaveQueue) for task in tasks):
            self._newsroom.queue(None)
        elif state in ("waiting", "operator"):
            await self._newsroom.wrote(conversation.id, "resident")
            if state == "operator":
                self._proposing.kick(conversation.id)

    async def _only_urgent(self, conversation: Row[Any], said: Said | Location) -> Answer:
        """Return the answer to an emergency, else none: an operator has the conversation."""
        if isinstance(said, Location) or said.kind == "desk":
            return Answer()
        conversing = Conversing(conversation.id, conversation.channel, conversation.language)
        try:
            async with asyncio.timeout(_URGENT_S):
                return await self._dialogue.urgent(conversing, said)
        except (DialogueError, TimeoutError):
            return Answer()

    async def _queued(
        self, conversation: Row[Any], asked: AskPerson, language: Language | None, guesses: Sequence[str]
    ) -> tuple[tuple[Draft, ...], Enqueue]:
        topic = await self._topic(conversation, asked.question, guesses)
        look = partial(self._look, conversation_id=conversation.id, topic=topic)
        there, team, ahead, waits = await self._database.read(look)
        wanted = await self._wanted(topic, team, asked.facts)
        if conversation.state == "waiting" or (there and asked.open is not False):
            return self._words.waiting(language, ahead, waits, wanted.code), wanted
        drafts = self._words.nobody(language, None if asked.open is False else wanted.code)
        return drafts, wanted.model_copy(update={"waits": False})

    async def _topic(self, conversation: Row[Any], question: str | None, guesses: Sequence[str]) -> str:
        """Return the topic of the question that was answered, else of what the last ones most likely were."""
        if question:
            return self._topics.of(question)
        look = partial(repository.last_guesses, conversation_id=conversation.id, most=_GUESSES)
        likely = [*guesses, *await self._database.read(look)]
        return next((topic for topic in map(self._topics.of, likely) if topic != OTHER), OTHER)

    def _look(
        self, connection: Connection, conversation_id: str, topic: str
    ) -> tuple[bool, str | None, int, list[int]]:
        """Return whether somebody is there, the team, how many wait before, and how long others have waited."""
        now = self._clock.now()
        people = [each for each in presences.since(connection, now - self._times.grace) if each.status == "available"]
        row = handovers.find(connection, conversation_id)
        if row is not None and row.state == "waiting":
            team, since = row.team, row.since
        else:
            of_topic = topic != OTHER and any(not each.teams or topic in each.teams for each in people)
            team, since = (topic if of_topic else None), None
        ahead = handovers.count_waiting(connection, team, since)
        return bool(people), team, ahead, presences.last_waits(connection, now - _RECENT)

    async def _called_back(self, conversation: Row[Any], text: str) -> Answer | None:
        """Keep the number to call back; None where the resident has gone on to something else."""
        language = conversation.language
        found = next(iter(PhoneNumberMatcher(text, "BE", leniency=Leniency.VALID)), None)
        if found is None:
            if sum(each.isdigit() for each in text) < _DIGITS:
                return None
            return Answer(self._words.plain("call_back_no_number", language), language, (ExpectPhone(),))
        row = await self._database.read(lambda connection: handovers.find(connection, conversation.id))
        wanted = await self._wanted(row.topic if row else OTHER, row.team if row else None, row.facts if row else {})
        phone = format_number(found.number, PhoneNumberFormat.E164)
        drafts = self._words.plain("call_back_noted", language, code=wanted.code)
        return Answer(drafts, language, (wanted.model_copy(update={"phone": phone}),))

    async def _wanted(self, topic: str, team: str | None, facts: dict[str, str]) -> Enqueue:
        now = self._clock.now()
        code = new_code()
        while await self._database.read(partial(handovers.by_code, code=code, now=now)):
            code = new_code()
        return Enqueue(at=now, topic=topic, team=team, facts=facts, code=code, code_until=now + self._times.code)
