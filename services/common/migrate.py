"""Brings a service's database to the newest schema, with Alembic."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text


@dataclass(frozen=True)
class Migrations:
    """The migrations of one database.

    ``lock`` is any number, the same in every process and another one for each database: who holds it is the one that
    migrates (PostgreSQL advisory lock).
    """

    folder: Path
    lock: int

    def configuration(self) -> Config:
        """Return Alembic's configuration for the database, without the ini file's logging."""
        config = Config()
        config.set_main_option("script_location", str(self.folder))
        return config

    def upgrade(self, engine: Engine) -> None:
        """Apply the migrations that the database lacks; several processes may call it at once."""
        config = self.configuration()
        heads = set(ScriptDirectory.from_config(config).get_heads())
        with engine.connect() as connection:
            if _applied(connection) == heads:
                return
        with engine.connect() as connection:
            self._take_lock(connection)
            if _applied(connection) != heads:
                config.attributes["connection"] = connection
                command.upgrade(config, "heads")
            connection.commit()

    def _take_lock(self, connection: Connection) -> None:
        if connection.dialect.name == "sqlite":
            # The driver begins a transaction only at the first write to a table, which a CREATE TABLE is not.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": self.lock})


def _applied(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).get_current_heads())
