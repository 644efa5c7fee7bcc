"""What the assistant is told of a conversation's keeping, and what it has the gateway do with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from kit.tasks import Kept
from services.gateway.conversations import photos, reminders, requests
from services.gateway.dialogue.tasks import AttachPhotos, Erase, RememberRequest, SetReminder, StopReminders, Task


def kept(connection: Connection, conversation: Row[Any]) -> Kept:
    """Return what is kept besides the messages."""
    found = Kept()
    references = [each.reference for each in requests.of_conversation(connection, conversation.id)]
    if references:
        found["requests"] = references
    sent = photos.waiting(connection, conversation.id)
    if sent:
        found["photos"] = sent
    set_up = reminders.of_conversation(connection, conversation.id)
    if set_up:
        found["reminders"] = [
            {"id": each.id, "place": each.place, "name": each.name, "fraction": each.fraction, "at": each.at}
            for each in set_up
        ]
    for each in set_up:
        if each.last_seq == conversation.last_seq:
            found["reminded"] = each.id
    return found


def ends(tasks: Sequence[Task]) -> bool:
    """Tell whether the conversation is to be erased."""
    return any(isinstance(task, Erase) for task in tasks)


def sends(tasks: Sequence[Task]) -> bool:
    """Tell whether there is something to send to the city, beyond what is done here."""
    return any(isinstance(task, AttachPhotos) for task in tasks)


def carry_out(connection: Connection, conversation_id: str, tasks: Sequence[Task], now: datetime) -> None:
    """Do what a reply asks for, in the transaction that stores the reply."""
    for task in tasks:
        if isinstance(task, RememberRequest):
            requests.remember(connection, conversation_id, task, now)
        elif isinstance(task, AttachPhotos):
            photos.attach(connection, conversation_id, task)
        elif isinstance(task, SetReminder):
            reminders.add(connection, conversation_id, task, now)
        elif isinstance(task, StopReminders):
            reminders.remove(connection, conversation_id, task.ids)
