"""What all messages that come unasked have in common: the choice that stops them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Row

from kit import wire
from kit.languages import Language
from services.gateway.core.texts import Texts
from services.gateway.dialogue.port import Offer


def stop(row: Row[Any], language: Language, texts: Texts) -> Offer:
    """Return the choice that ends a subscription."""
    facts = json.dumps({wire.REMINDER_ENTITY: row.id, wire.LANGUAGE_ENTITY: language})
    label = texts.say(f"choice_stop_{row.kind}", language, subject=row.subject)
    return Offer(label, "payload", f"/{wire.REMINDER_INTENT}{facts}")
