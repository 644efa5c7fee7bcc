"""What the assistant is told of a conversation's keeping, and what it has the gateway do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, exists, select

from kit.tasks import Kept, KeptSubscription
from services.common.visible import visible
from services.gateway.conversations import handovers, photos, requests, subscriptions
from services.gateway.conversations.handover_models import HandOver
from services.gateway.conversations.masking import hidden
from services.gateway.conversations.models import Photo, Request, Subscription
from services.gateway.conversations.schemas import State
from services.gateway.dialogue.port import Answer, Draft, Reading
from services.gateway.dialogue.tasks import (
    AttachPhotos,
    BeQuiet,
    Effect,
    Enqueue,
    Erase,
    ExpectContact,
    ExpectPhone,
    Hide,
    LeaveQueue,
    RememberRequest,
    Subscribe,
    Unsubscribe,
)


def _of_this(column: Any) -> Any:
    return exists().where(column == bindparam("conversation"))


#: What there is at all of a conversation, in one question: mostly nothing.
_THERE: Final = select(
    _of_this(Request.conversation_id).label("requests"),
    _of_this(Photo.conversation_id).label("photos"),
    _of_this(Subscription.conversation_id).label("subscriptions"),
    _of_this(HandOver.conversation_id).where(HandOver.phone.is_not(None)).label("called"),
)


def kept(connection: Connection, conversation: Row[Any]) -> Kept:
    """Return what is kept besides the messages."""
    found, there = Kept(), connection.execute(_THERE, {"conversation": conversation.id}).one()
    if there.requests:
        found["requests"] = [each.reference for each in requests.of_conversation(connection, conversation.id)]
    if there.photos and (sent := photos.waiting(connection, conversation.id)):
        found["photos"] = sent
    if there.subscriptions:
        followed = subscriptions.of_conversation(connection, conversation.id)
        found["subscriptions"] = [_subscription(each) for each in followed]
        for each in followed:
            if each.last_seq == conversation.last_seq:
                found["told"] = each.id
    if conversation.state == "waiting" or there.called:
        found["waiting"] = True
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
        "last_day": row.last_day.isoformat() if row.last_day else None,
    }


def ends(tasks: Sequence[Effect]) -> bool:
    """Tell whether the conversation is to be erased."""
    return any(isinstance(task, Erase) for task in tasks)


def sends(tasks: Sequence[Effect]) -> bool:
    """Tell whether there is something to send to the city, beyond what is done here."""
    return any(isinstance(task, AttachPhotos) for task in tasks)


#: That a contact, or a number to call back, was asked for, in the column of that name.
CONTACT: Final = "contact"
PHONE: Final = "phone"


def expected(tasks: Sequence[Effect]) -> str | None:
    """Return what the next message may hold that is masked otherwise."""
    if any(isinstance(task, ExpectPhone) for task in tasks):
        return PHONE
    return CONTACT if any(isinstance(task, ExpectContact) for task in tasks) else None


def came_of(answer: Answer) -> tuple[Reading, ...]:
    """Return what was understood, with what came of it: a person is asked for whatever the question was."""
    if any(isinstance(task, Enqueue) for task in answer.tasks):
        return tuple(replace(each, outcome="handed_over") for each in answer.readings)
    return answer.readings


def kept_words(drafts: Sequence[Draft], tasks: Sequence[Effect]) -> list[str]:
    """Return the texts of a reply as they are kept: without what the resident alone is shown."""
    words = [each for task in tasks if isinstance(task, Hide) for each in task.texts]
    return [hidden(visible(draft.text), words) for draft in drafts]


def carry_out(
    connection: Connection, conversation_id: str, tasks: Sequence[Effect], now: datetime, said: Sequence[int]
) -> None:
    """Do what a reply asks for, in the transaction that stores the reply; ``said``: the numbers of its messages.

    What is followed from a single message on is what that was about: "stop" ends it. Among several, the last one may
    be a question of something else.
    """
    about = said[0] if len(said) == 1 else None
    for task in tasks:
        if isinstance(task, RememberRequest):
            requests.remember(connection, conversation_id, task, now)
        elif isinstance(task, AttachPhotos):
            photos.attach(connection, conversation_id, task)
        elif isinstance(task, Subscribe):
            subscriptions.add(connection, conversation_id, task, now, about)
        elif isinstance(task, Unsubscribe):
            subscriptions.remove(connection, conversation_id, task.ids)
        elif isinstance(task, BeQuiet):
            subscriptions.be_quiet(connection, conversation_id, task, now)


def hand_over(connection: Connection, conversation: Row[Any], tasks: Sequence[Effect]) -> State:
    """Let the conversation wait for a person, or no more, in the same transaction; return the state that it is in then.

    Who took it meanwhile has it.
    """
    state: State = conversation.state
    if state not in ("assistant", "waiting"):
        return state
    for task in tasks:
        if isinstance(task, Enqueue):
            handovers.enter(connection, conversation.id, task)
            state = "waiting" if task.waits and not task.phone else "assistant"
        elif isinstance(task, LeaveQueue) and handovers.leave(connection, conversation.id):
            state = "assistant"
    return state
