"""Brings the city database to the newest schema."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from services.common.migrate import Migrations

MIGRATIONS: Final = Migrations(Path(__file__).parent.parent / "migrations", lock=7_201_000)

configuration = MIGRATIONS.configuration
upgrade = MIGRATIONS.upgrade
