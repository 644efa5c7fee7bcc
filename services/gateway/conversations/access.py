"""Who may read and write in a conversation: whoever holds its token."""

from __future__ import annotations

import hashlib
import hmac
from http import HTTPStatus
from typing import Any

from sqlalchemy import Row

from services.gateway.conversations import repository
from services.gateway.conversations.schemas import Channel
from services.gateway.core.database import Database
from services.gateway.core.errors import ChatError


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


async def known(database: Database, conversation_id: str, token: str, inside: Channel | None = None) -> Row[Any]:
    """Return the conversation's row.

    Raises ChatError: ``conversation_not_found``, or ``unauthorized`` where the token is another one's.
    """
    found = await database.read(lambda connection: repository.find(connection, conversation_id))
    return opened(found, token, inside)


def opened(conversation: Row[Any] | None, token: str, inside: Channel | None = None) -> Row[Any]:
    """Return the row that was found, if it is there and the token opens it. Raises ChatError as :func:`known` does.

    A channel that runs ``inside`` this process and knows its residents by itself opens those of its own without one.
    """
    if conversation is None:
        raise ChatError(HTTPStatus.NOT_FOUND, "conversation_not_found")
    if inside is not None:
        if conversation.channel != inside:
            raise ChatError(HTTPStatus.UNAUTHORIZED, "unauthorized")
        return conversation
    if not hmac.compare_digest(conversation.token_hash, digest(token)):
        raise ChatError(HTTPStatus.UNAUTHORIZED, "unauthorized")
    return conversation
