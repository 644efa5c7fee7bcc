"""What those who run the façade see of feeds and sources."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session

from services.city.core import feed_states
from services.importers.contacts import ContactsImporter
from tests.integration.city.conftest import NOW, SAMPLE, Client, SettableClock

Change = Callable[[Session, datetime], None]


def watched(enabled: bool = True) -> feed_states.Watched:
    return feed_states.Watched("some", "Some source", "contacts", enabled, timedelta(minutes=10), 100)


def succeed(session: Session, now: datetime) -> None:
    later = now + timedelta(minutes=10)
    feed_states.succeeded(session, "some", now=now, next_at=later, changed=True, etag="x" * 301, last_modified=None)


def fail(session: Session, now: datetime) -> None:
    feed_states.failed(session, "some", next_at=now, error="no answer")


@pytest.fixture
def state(app: FastAPI) -> Callable[..., None]:
    def change(*changes: Change, now: datetime = NOW, enabled: bool = True) -> None:
        with app.state.sessions.begin() as session:
            feed_states.declare(session, [watched(enabled)])
            for each in changes:
                each(session, now)

    return change


@pytest.mark.parametrize(
    ("changes", "after", "status", "why"),
    [
        pytest.param([], {}, "never", "not asked yet", id="new"),
        pytest.param([fail], {}, "never", "never succeeded: no answer", id="never succeeded"),
        pytest.param([succeed], {"minutes": 12}, "fresh", "last success 12 min ago", id="in time"),
        pytest.param([succeed, fail], {"minutes": 12}, "fresh", "last success 12 min ago", id="a hiccup"),
        pytest.param([succeed], {"minutes": 21}, "late", "last success 21 min ago, due every 10 min", id="late"),
        pytest.param([succeed, fail], {"minutes": 21}, "failing", "1 failures in a row", id="late and failing"),
        pytest.param([succeed, fail, fail, fail], {}, "failing", "3 failures in a row", id="failing"),
        pytest.param([succeed, fail, succeed], {}, "fresh", "last success 0 s ago", id="well again"),
    ],
)
def test_a_source_is_shown_with_its_health(
    *,
    client: Client,
    clock: SettableClock,
    state: Callable[..., None],
    changes: list[Change],
    after: dict[str, float],
    status: str,
    why: str,
) -> None:
    state(*changes)
    clock.at = NOW + timedelta(**after)
    ready = client.get("/health/ready").json()
    (source,) = ready["sources"]
    assert ready["status"] == "empty"
    assert (source["source"], source["feed"], source["status"]) == ("some", "contacts", status)
    assert why in source["why"]
    metrics = client.get("/metrics").text
    assert f'bxl_city_source_health{{source="some",status="{status}"}} 1.0' in metrics
    assert metrics.count('bxl_city_source_health{source="some"') == 4


def test_a_source_that_is_not_enabled_is_not_shown(client: Client, state: Callable[..., None]) -> None:
    state(succeed, enabled=False)
    assert client.get("/health/ready").json()["sources"] == []
    assert "some" not in client.get("/metrics").text


def test_metrics_tell_the_age_of_feeds_and_sources(
    app: FastAPI, client: Client, clock: SettableClock, state: Callable[..., None]
) -> None:
    ContactsImporter().run(app.state.engine, SAMPLE / "contacts.yml", clock)
    state(succeed, lambda session, now: feed_states.count_call(session, "some", now) and None)
    clock.at = NOW + timedelta(minutes=2)
    metrics = client.get("/metrics").text
    assert 'bxl_city_feed_age_seconds{feed="contacts"} 120.0' in metrics
    assert 'bxl_city_source_age_seconds{source="some"} 120.0' in metrics
    assert 'bxl_city_source_calls_today{source="some"} 1.0' in metrics
    assert "bxl_city_database_up 1.0" in metrics
    clock.at = NOW + timedelta(days=1)
    assert 'bxl_city_source_calls_today{source="some"} 0.0' in client.get("/metrics").text


def test_metrics_are_there_without_a_database(app: FastAPI, client: Client) -> None:
    with app.state.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE feed_states")
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert "bxl_city_database_up 0.0" in answer.text
    assert "bxl_city_requests" in answer.text
