"""Alembic's entry: migrates the connection that ``core.migrate`` hands over, or the settings' database."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from services.gateway.channels import desk_tables, studio_tables, telegram_tables  # noqa: F401 - makes their tables known
from services.gateway.conversations import handover_models  # noqa: F401
from services.gateway.conversations.models import Base
from services.gateway.core.database import sync_engine
from services.gateway.settings import GatewaySettings


def migrate(connection: Connection) -> None:
    # Batch mode lets SQLite, which cannot alter constraints, follow the same scripts.
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    engine = sync_engine(GatewaySettings().database_url)
    with engine.begin() as opened:
        migrate(opened)
    engine.dispose()
