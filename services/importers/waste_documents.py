"""Stores checked documents of the topic waste."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert

from services.city.models.waste_guide import WasteDocument
from services.city.waste.repository import DocumentKind
from services.importers.base import Version


def store(version: Version, kind: DocumentKind, bodies: Sequence[dict[str, Any]]) -> None:
    """Add documents, each with an ``id`` in its body, in their order."""
    rows = [
        {"dataset_id": version.id, "kind": kind, "document_id": body["id"], "position": position, "body": body}
        for position, body in enumerate(bodies)
    ]
    if rows:
        version.session.execute(insert(WasteDocument), rows)
