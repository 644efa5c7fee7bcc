"""From drafts to rows, with ids that tell nothing and no text that turns others around or hides."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.common.visible import visible, visible_in
from services.gateway.conversations import repository
from services.gateway.conversations.schemas import Author, ChoiceOut, MessageOut
from services.gateway.dialogue.port import Draft


def messages(
    drafts: Sequence[Draft],
    *,
    conversation_id: str,
    author: Author,
    at: datetime,
    first_seq: int,
    turn_id: str | None = None,
) -> list[dict[str, Any]]:
    """Return the rows of messages, each with the rows of its ``choices``."""
    rows = []
    for seq, draft in enumerate(drafts, start=first_seq):
        message_id = uuid.uuid4().hex
        choices = [
            {
                "id": secrets.token_urlsafe(16),
                "message_id": message_id,
                "position": position,
                "label": visible(offer.label),
                "kind": offer.kind,
                "meaning": offer.meaning,
            }
            for position, offer in enumerate(draft.choices)
        ]
        rows.append(
            {
                "id": message_id,
                "conversation_id": conversation_id,
                "turn_id": turn_id,
                "seq": seq,
                "at": at,
                "author": author,
                "language": draft.language,
                "text": visible(draft.text),
                "cards": visible_in(draft.cards),
                "source": visible_in(draft.source),
                "choices": choices,
            }
        )
    return rows


def shown(rows: Sequence[dict[str, Any]]) -> list[MessageOut]:
    """Return rows as the resident sees them: of a choice, its id and label."""
    return [
        repository.shown(row, [ChoiceOut(id=choice["id"], label=choice["label"]) for choice in row["choices"]])
        for row in rows
    ]
