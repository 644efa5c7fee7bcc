"""What the assistant is told of a conversation's keeping, and what it has the gateway do with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from kit.tasks import Kept
from services.gateway.conversations import requests
from services.gateway.dialogue.tasks import Erase, RememberRequest, Task


def kept(connection: Connection, conversation_id: str) -> Kept:
    """Return what is kept besides the messages."""
    found = Kept()
    references = [each.reference for each in requests.of_conversation(connection, conversation_id)]
    if references:
        found["requests"] = references
    return found


def ends(tasks: Sequence[Task]) -> bool:
    """Tell whether the conversation is to be erased."""
    return any(isinstance(task, Erase) for task in tasks)


def carry_out(connection: Connection, conversation_id: str, tasks: Sequence[Task], now: datetime) -> None:
    """Do what a reply asks for, in the transaction that stores the reply."""
    for task in tasks:
        if isinstance(task, RememberRequest):
            requests.remember(connection, conversation_id, task, now)
