"""The schema: from nothing to the newest, by several at once, and the same as the tables in the code."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from services.gateway.conversations import subscriptions
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
TABLES |= {"telegram_updates", "telegram_chats", "telegram_done", "audit"}
TABLES |= {"hand_over_proposals"}
TABLES |= {"hand_overs", "operator_words", "hand_over_notes", "hand_over_accesses", "presences", "waits"}
TABLES |= {"desk_accounts", "desk_sessions", "desk_attempts", "desk_seen", "desk_remarks", "desk_pins"}
TABLES |= {"understandings", "studio_decisions", "studio_figures"}


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


def test_reminders_of_before_go_on_as_subscriptions(engine):
    config = configuration()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0006_feedback")
        connection.execute(
            text(
                "INSERT INTO conversations (id, token_hash, channel, state, last_seq, created_at, active_at) "
                "VALUES ('c', 't', 'web', 'assistant', 3, '2026-11-20 07:00:00', '2026-11-20 07:00:00')"
            )
        )
        reminders = [
            ("a", None, "20:00", None, "2026-11-20 07:00:00"),
            ("b", "blue", None, "2026-11-23", "2026-11-21 07:00:00"),
            ("c", "blue", "19:00", None, "2026-11-19 07:00:00"),
        ]
        for reminder, fraction, at, put_out, since in reminders:
            connection.execute(
                text(
                    "INSERT INTO reminders "
                    "(id, conversation_id, place, name, fraction, at, since, next_at, last_put_out) VALUES "
                    "(:id, 'c', 'address:1:20', :name, :fraction, :at, :since, :since, :put_out)"
                ),
                {
                    "id": reminder,
                    "name": '{"fr": "rue Blaes 20"}',
                    "fraction": fraction,
                    "at": at,
                    "put_out": put_out,
                    "since": since,
                },
            )
    upgrade(engine)
    with engine.connect() as connection:
        found = subscriptions.of_conversation(connection, "c")
    assert [(each.id, each.kind, each.fraction, each.at, each.seen) for each in found] == [
        ("a", "collections", "", "20:00", None),
        ("b", "collections", "blue", None, {"put_out": "2026-11-23"}),
    ]
    assert found[0].name == {"fr": "rue Blaes 20"}
    assert found[0].since.isoformat() == "2026-11-20T08:00:00+01:00"
