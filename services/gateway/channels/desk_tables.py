"""The desk's tables, beside those of the conversations."""

from __future__ import annotations

from typing import Final

from services.desk.tables import Tables, tables
from services.gateway.conversations.models import Base, Instant

TABLES: Final[Tables] = tables(Base.metadata, Instant())
