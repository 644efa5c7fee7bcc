"""Metrics of feeds and sources, read from the database when they are asked for."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final

from prometheus_client import CollectorRegistry, Gauge
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from services.city.core import datasets, feed_states
from services.city.core.feed_health import health
from services.city.core.feed_states import aware

log = logging.getLogger(__name__)

_STATUSES: Final = ("fresh", "late", "failing", "never")


def feed_metrics(session: Session, now: datetime) -> CollectorRegistry:
    """Return the age of each feed, and the age, failures, calls and health of each enabled source.

    A database that does not answer is a metric too, and no reason to leave out the others.
    """
    registry = CollectorRegistry()
    up = Gauge("bxl_city_database_up", "1 where the city database answers.", registry=registry)
    try:
        _feeds(session, now, registry)
        _sources(session, now, registry)
        up.set(1)
    except SQLAlchemyError as error:
        log.error("the city database failed", exc_info=error)
    return registry


def _feeds(session: Session, now: datetime, registry: CollectorRegistry) -> None:
    age = Gauge("bxl_city_feed_age_seconds", "Time since a feed was imported.", ("feed",), registry=registry)
    for dataset in datasets.in_use(session):
        imported_at = aware(dataset.imported_at)
        if imported_at is not None:
            age.labels(dataset.feed).set((now - imported_at).total_seconds())


def _sources(session: Session, now: datetime, registry: CollectorRegistry) -> None:
    age = Gauge("bxl_city_source_age_seconds", "Time since a source's last success.", ("source",), registry=registry)
    failures = Gauge("bxl_city_source_failures", "Failures in a row.", ("source",), registry=registry)
    calls = Gauge("bxl_city_source_calls_today", "Calls of the day (UTC).", ("source",), registry=registry)
    status = Gauge("bxl_city_source_health", "1 for the status that holds.", ("source", "status"), registry=registry)
    for state in feed_states.every(session):
        if not state.enabled:
            continue
        succeeded_at = aware(state.succeeded_at)
        if succeeded_at is not None:
            age.labels(state.source).set((now - succeeded_at).total_seconds())
        failures.labels(state.source).set(state.failures)
        calls.labels(state.source).set(state.calls if state.calls_on == feed_states.day(now) else 0)
        holds = health(state, now).status
        for each in _STATUSES:
            status.labels(state.source, each).set(each == holds)
