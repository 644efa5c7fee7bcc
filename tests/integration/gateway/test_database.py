"""The schema: from nothing to the newest, by several at once, and the same as the tables in the code."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from services.gateway.conversations.models import Base
from services.gateway.core.database import sync_engine
from services.gateway.core.migrate import configuration, upgrade
from tests.integration.gateway.talking import Resident

TABLES = {
    "conversations",
    "turns",
    "messages",
    "choices",
    "requests",
    "photos",
    "erasures",
    "alembic_version",
}
TABLES |= {"subscriptions", "deliveries", "leases", "scheduled_jobs"}
TABLES |= {"telegram_updates", "telegram_chats", "telegram_done"}


@pytest.fixture
def engine(tmp_path):
    engine = sync_engine(f"sqlite:///{tmp_path / 'new' / 'conversations.db'}")
    yield engine
    engine.dispose()


def test_an_empty_database_gets_the_schema_of_the_code(engine):
    upgrade(engine)
    assert set(inspect(engine).get_table_names()) == TABLES
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_again_changes_nothing(engine):
    upgrade(engine)
    upgrade(engine)
    assert set(inspect(engine).get_table_names()) == TABLES


def test_several_processes_may_start_at_once(tmp_path):
    url = f"sqlite:///{tmp_path / 'conversations.db'}"
    engines = [sync_engine(url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(upgrade, engines))
    assert set(inspect(engines[0]).get_table_names()) == TABLES
    for engine in engines:
        engine.dispose()


def test_the_migration_can_be_taken_back(engine):
    upgrade(engine)
    config = configuration()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}


async def test_conversations_survive_a_restart(make_app, make_client, rasa):
    resident = await Resident.opening(make_client(make_app()))
    first = await resident.say("bonjour", client_id="a")
    choice = resident.opened["messages"][0]["choices"][0]["id"]
    resident.client = make_client(make_app())
    assert await resident.say("bonjour", client_id="a") == first
    assert (await resident.send(choice=choice)).status_code == 200
    assert len((await resident.kept())["messages"]) == 5
