"""Which conversation a chat has, and where to reach it: by a keyed hash, with the address encrypted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from kit.languages import Language
from services.telegram.keys import Keys
from services.telegram.port import Storage
from services.telegram.tables import Tables


@dataclass(frozen=True)
class Chat:
    """A chat that has a conversation."""

    hash: str
    conversation_id: str
    language: Language | None
    last_said: str | None
    last_words: str | None


class Chats:
    """The chats, each with one conversation."""

    def __init__(self, storage: Storage, tables: Tables, keys: Keys) -> None:
        self._storage = storage
        self._table = tables.chats
        self._keys = keys

    def hashed(self, address: int) -> str:
        """Return what stands for a chat's id."""
        return self._keys.hashed("chat", address)

    async def find(self, hashed: str) -> Chat | None:
        """Return a chat that has a conversation."""
        row = await self._row(self._table.c.chat == hashed)
        return Chat(row.chat, row.conversation_id, row.language, row.last_said, row.last_words) if row else None

    async def address(self, conversation_id: str) -> int | None:
        """Return the id of the chat that has a conversation; None where there is none, or no key for it."""
        row = await self._row(self._table.c.conversation_id == conversation_id)
        opened = self._keys.opened(row.address) if row else None
        return int(opened) if opened else None

    async def language(self, conversation_id: str) -> Language | None:
        """Return the language of the chat that has a conversation."""
        row = await self._row(self._table.c.conversation_id == conversation_id)
        return row.language if row else None

    async def bind(self, address: int, conversation_id: str, language: Language | None) -> Chat:
        """Give a chat a conversation, in place of the one that it had."""
        hashed = self.hashed(address)
        values = {
            "chat": hashed,
            "conversation_id": conversation_id,
            "address": self._keys.closed(str(address).encode()),
            "language": language,
        }

        def store(connection: Connection) -> None:
            connection.execute(delete(self._table).where(self._table.c.chat == hashed))
            connection.execute(insert(self._table).values(values))

        await self._storage.write(store)
        return Chat(hashed, conversation_id, language, None, None)

    async def note(self, hashed: str, **values: Any) -> None:
        """Note the language, or what was said last."""
        statement = update(self._table).where(self._table.c.chat == hashed).values(values)
        await self._storage.write(lambda connection: connection.execute(statement) and None)

    async def forget(self, hashed: str) -> str | None:
        """Forget a chat's address; return the conversation that it had."""
        statement = delete(self._table).where(self._table.c.chat == hashed).returning(self._table.c.conversation_id)
        found = await self._storage.write(lambda connection: connection.execute(statement).scalar())
        await self._storage.forget()
        return found

    async def _row(self, which: ColumnElement[bool]) -> Any:
        query = select(self._table).where(which)
        return await self._storage.read(lambda connection: connection.execute(query).first())
