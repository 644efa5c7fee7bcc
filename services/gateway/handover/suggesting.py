"""What the assistant would answer to a resident's last message, for the operator who has them."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from kit.languages import Language
from services.desk.handover import Suggestion
from services.gateway.conversations import repository
from services.gateway.conversations.models import Message
from services.gateway.core.database import Database
from services.gateway.core.texts import spoken
from services.gateway.dialogue.port import Conversing, Dialogue, DialogueError, Draft, Said

#: Conversations whose last suggestions are at hand: a page asks for them again with each change.
_KEPT: Final = 500


class Suggesting:
    """Asks the dialogue engine beside the conversation; once for each message."""

    def __init__(self, database: Database, dialogue: Dialogue) -> None:
        self._database = database
        self._dialogue = dialogue
        self._found: OrderedDict[str, tuple[int, list[Suggestion]]] = OrderedDict()

    async def suggest(self, conversation_id: str) -> list[Suggestion]:
        """Return what it would say; nothing where it cannot be asked, or has nothing to say."""
        conversation, last = await self._database.read(lambda connection: _last(connection, conversation_id))
        if conversation is None or last is None:
            return []
        seq, found = self._found.get(conversation_id, (0, []))
        if seq == last.seq:
            return found
        conversing = Conversing(conversation.id, conversation.channel, conversation.language)
        try:
            answer = await self._dialogue.aside(conversing, Said("text", last.text))
        except DialogueError:
            return []
        found = [_suggestion(draft, conversation.language) for draft in answer.drafts]
        self._found[conversation_id] = last.seq, found
        self._found.move_to_end(conversation_id)
        if len(self._found) > _KEPT:
            self._found.popitem(last=False)
        return found


def _last(connection: Connection, conversation_id: str) -> tuple[Row[Any] | None, Row[Any] | None]:
    query = select(Message.__table__).where(Message.conversation_id == conversation_id, Message.author == "resident")
    rows = connection.execute(query.order_by(Message.seq.desc()).limit(1)).all()
    return repository.find(connection, conversation_id), next(iter(rows), None)


def _suggestion(draft: Draft, language: Language | None) -> Suggestion:
    return Suggestion(draft.text, draft.language or spoken(language)[0], (draft.source or {}).get("name"))
