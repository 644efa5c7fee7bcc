"""A report or request as a card: its reference, how far it is, where, and by when it should be dealt with."""

from __future__ import annotations

from typing import Any

from actions.answers import spoken
from actions.city.requests import Created, RequestStatus
from kit.languages import Language


def made(created: Created, language: Language) -> dict[str, Any]:
    """Return the card of a request that was sent just now; its photos are those of the conversation."""
    return {
        "type": "report",
        "reference": created.reference,
        "name": created.service.names.get(language) or next(iter(created.service.names.values())),
        "stage": None,
        "is_closed": False,
        "responsible": created.responsible,
        "place": None,
        "expected_at": created.expected_at.isoformat() if created.expected_at else None,
        "closed_at": None,
        "steps": [],
    }


def followed(status: RequestStatus, language: Language) -> dict[str, Any]:
    """Return the card of a request that was asked about, in a language that its texts are in."""
    address = status.place.address if status.place else None
    return {
        "type": "report",
        "reference": status.reference,
        "name": status.service.names.get(language) or next(iter(status.service.names.values())),
        "stage": status.stage_name,
        "is_closed": status.status == "closed",
        "responsible": status.responsible,
        "place": spoken(address, language) if address else None,
        "expected_at": status.expected_at.isoformat() if status.expected_at else None,
        "closed_at": status.closed_at.isoformat() if status.closed_at else None,
        "steps": [{"at": each.at.isoformat(), "note": each.note} for each in status.steps],
    }
