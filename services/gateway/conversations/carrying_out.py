"""What the assistant is told of a conversation's keeping, and what it has the gateway do with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row

from kit.tasks import Kept, KeptSubscription
from services.gateway.conversations import photos, requests, subscriptions
from services.gateway.conversations.masking import hidden
from services.gateway.dialogue.port import Draft
from services.gateway.dialogue.tasks import (
    AttachPhotos,
    BeQuiet,
    Erase,
    ExpectContact,
    Hide,
    RememberRequest,
    Subscribe,
    Task,
    Unsubscribe,
)


def kept(connection: Connection, conversation: Row[Any]) -> Kept:
    """Return what is kept besides the messages."""
    found = Kept()
    references = [each.reference for each in requests.of_conversation(connection, conversation.id)]
    if references:
        found["requests"] = references
    sent = photos.waiting(connection, conversation.id)
    if sent:
        found["photos"] = sent
    followed = subscriptions.of_conversation(connection, conversation.id)
    if followed:
        found["subscriptions"] = [_subscription(each) for each in followed]
    for each in followed:
        if each.last_seq == conversation.last_seq:
            found["told"] = each.id
    return found


def _subscription(row: Row[Any]) -> KeptSubscription:
    quiet = subscriptions.quiet_hours(row)
    return {
        "id": row.id,
        "kind": row.kind,
        "subject": row.subject,
        "name": row.name,
        "fraction": row.fraction or None,
        "at": row.at,
        "quiet": [quiet.start, quiet.end] if quiet else None,
    }


def ends(tasks: Sequence[Task]) -> bool:
    """Tell whether the conversation is to be erased."""
    return any(isinstance(task, Erase) for task in tasks)


def sends(tasks: Sequence[Task]) -> bool:
    """Tell whether there is something to send to the city, beyond what is done here."""
    return any(isinstance(task, AttachPhotos) for task in tasks)


#: That a contact was asked for, in the column of that name.
CONTACT: Final = "contact"


def expected(tasks: Sequence[Task]) -> str | None:
    """Return what the next message may hold that is masked otherwise."""
    return CONTACT if any(isinstance(task, ExpectContact) for task in tasks) else None


def kept_words(drafts: Sequence[Draft], tasks: Sequence[Task]) -> list[str]:
    """Return the texts of a reply as they are kept: without what the resident alone is shown."""
    words = [each for task in tasks if isinstance(task, Hide) for each in task.texts]
    return [hidden(draft.text, words) for draft in drafts]


def carry_out(connection: Connection, conversation_id: str, tasks: Sequence[Task], now: datetime) -> None:
    """Do what a reply asks for, in the transaction that stores the reply."""
    for task in tasks:
        if isinstance(task, RememberRequest):
            requests.remember(connection, conversation_id, task, now)
        elif isinstance(task, AttachPhotos):
            photos.attach(connection, conversation_id, task)
        elif isinstance(task, Subscribe):
            subscriptions.add(connection, conversation_id, task, now)
        elif isinstance(task, Unsubscribe):
            subscriptions.remove(connection, conversation_id, task.ids)
        elif isinstance(task, BeQuiet):
            subscriptions.be_quiet(connection, conversation_id, task, now)
