"""Questions of residents, put where the gateway keeps them."""

from __future__ import annotations

import uuid
from typing import Any

from fastapi import FastAPI
from sqlalchemy import insert

from services.gateway.conversations import repository
from services.gateway.conversations.models import Message, Turn
from services.gateway.dialogue.port import Reading


async def ask(app: FastAPI, clock: Any, text: str, language: str = "fr", **reading: Any) -> None:
    """Have a resident ask something in a conversation of their own; without more, it is not understood."""
    ids = [uuid.uuid4().hex for _ in range(3)]
    conversation, turn, message = ids
    at = clock.now()
    given = {"intent": "nlu_fallback", "outcome": "not_understood", "typed": True, "guess": None, **reading}

    def write(connection: Any) -> None:
        repository.add(
            connection,
            {
                "id": conversation,
                "token_hash": "0" * 64,
                "channel": "web",
                "language": language,
                "state": "assistant",
                "last_seq": 1,
                "created_at": at,
                "active_at": at,
            },
        )
        values = {"id": turn, "conversation_id": conversation, "client_id": "c", "digest": "d", "state": "assistant"}
        connection.execute(insert(Turn).values(**values, language=language))
        said = {"id": message, "conversation_id": conversation, "turn_id": turn, "seq": 1, "at": at, "cards": []}
        connection.execute(insert(Message).values(**said, author="resident", language=language, text=text))
        repository.add_readings(connection, turn, [Reading(**given)], at)

    await app.state.database.write(write)
