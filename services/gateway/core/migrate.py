"""Brings the conversations' database to the newest schema, with Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

_MIGRATIONS: Final = Path(__file__).parent.parent / "migrations"
#: Any number, the same in every process: who holds it is the one that migrates (PostgreSQL advisory lock).
_LOCK: Final = 7_201_001


def configuration() -> Config:
    """Return Alembic's configuration for the conversations' database, without the ini file's logging."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def upgrade(engine: Engine) -> None:
    """Apply the migrations that the database lacks; several processes may call it at once."""
    config = configuration()
    heads = set(ScriptDirectory.from_config(config).get_heads())
    with engine.connect() as connection:
        if _applied(connection) == heads:
            return
    with engine.connect() as connection:
        _lock(connection)
        if _applied(connection) != heads:
            config.attributes["connection"] = connection
            command.upgrade(config, "heads")
        connection.commit()


def _applied(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).get_current_heads())


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        # The driver begins a transaction only at the first write to a table, which a CREATE TABLE is not.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
