"""The studio's tables, beside those of the conversations."""

from __future__ import annotations

from typing import Final

from services.gateway.conversations.models import Base, Instant
from services.studio.tables import Tables, tables

TABLES: Final[Tables] = tables(Base.metadata, Instant())
