"""Journeys are the best there are: thousands of random questions, compared with a plain search."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session

from kit.clock import BRUSSELS
from services.city.core.database import make_engine
from services.city.core.migrate import upgrade
from services.city.models.datasets import Dataset
from services.city.transport.journeys import ends
from services.city.transport.journeys.ends import End
from services.city.transport.journeys.loading import load
from services.city.transport.journeys.planning import SHORT_WALK_M, Asked, plan
from services.city.transport.journeys.raptor import Path as Way
from services.city.transport.journeys.raptor import Search, Wish
from services.city.transport.journeys.windows import window
from services.importers.gtfs import GtfsImporter
from tests.integration.city.conftest import NOW, SAMPLE, SettableClock
from tests.integration.city.journeys import oracle
from tests.integration.city.journeys.networks import DAYS, Network
from tests.integration.city.journeys.oracle import Oracle, Query

NETWORKS = 40
QUESTIONS = 60
SAMPLE_QUESTIONS = 8
A_DAY_S = 86_400
LEVELS = ((True, True, True), (True, True, True), (True, True, False), (False, True, False))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('journeys') / 'city.db'}")
    upgrade(engine)
    yield engine
    engine.dispose()


def question(rng: random.Random, search: Search, one: oracle.Point, other: oracle.Point) -> tuple[Query, Wish]:
    """Return the same question for both searches."""
    most_m, allowed = rng.choice((300, 900, 1_500)), rng.choice(LEVELS)
    query = Query(one, other, most_m, frozenset(str(value) for value in range(3) if allowed[value]))
    origin, target = (
        ends.reach(search.network, End("point", "point", ("", ""), None, *point), most_m) for point in (one, other)
    )
    wanted = np.ones(len(search.window.pattern), np.bool_)
    return query, Wish(origin, target, np.array(allowed), wanted, most_m)


def compare(rng: random.Random, plain: Oracle, search: Search, query: Query, wish: Wish) -> bool:
    """Compare earliest arrivals, latest departures and what is told of both; return whether there was any way."""
    start = int(search.window.start.timestamp())
    at_s = A_DAY_S + rng.randrange(A_DAY_S)
    expected = [(rides, at - start) for rides, at in plain.arrivals(query, start + at_s)]
    assert search.arrivals(wish, at_s, at_s + A_DAY_S) == expected
    told = plan(search, wish, Asked(at_s, False, 3), None)
    assert bool(told) == bool(expected)
    if not expected:
        return False
    assert told[0].arrives_s == expected[-1][1]
    for way in told:
        assert way.departs_s >= at_s
        check(plain, query, way, start)

    rides, arrival_s = rng.choice(expected)
    latest = plain.latest_departure(query, start + arrival_s, start + at_s, rides)
    assert latest is not None
    assert search.departures(wish, arrival_s, at_s, rides)[-1][1] == latest - start
    told = plan(search, wish, Asked(arrival_s, True, 3), None)
    latest = plain.latest_departure(query, start + arrival_s, start + arrival_s - A_DAY_S)
    assert latest is not None
    assert told[0].departs_s == latest - start
    for way in told:
        assert way.arrives_s <= arrival_s
        check(plain, query, way, start)
    return True


def check(plain: Oracle, query: Query, way: Way, start: int) -> None:
    """See that nothing with as few rides arrives earlier than a way, or as early after setting out later: among all
    ways, or among those of short walks."""

    def earliest(limits: Query, departs_s: int) -> int | None:
        arrivals = plain.arrivals(limits, start + departs_s, len(way.rides))
        return arrivals[-1][1] - start if arrivals else None

    assert any(
        earliest(limits, way.departs_s) == way.arrives_s and earliest(limits, way.departs_s + 1) != way.arrives_s
        for limits in (query, replace(query, most_m=min(query.most_m, SHORT_WALK_M)))
    )


@pytest.mark.parametrize("seed", range(NETWORKS))
def test_random_networks_agree_with_the_plain_search(engine: Engine, tmp_path: Path, seed: int) -> None:
    with Session(engine) as session, session.begin():
        session.execute(delete(Dataset))
    network = Network(seed)
    zones = ["Europe/Brussels", "Europe/London"][: 1 + seed % 2]
    feeds = []
    for number, zone in enumerate(zones):
        folder = network.write(tmp_path / f"feed{number}", zone)
        GtfsImporter().run(engine, folder, SettableClock(NOW), feed=f"feed{number}", force=True)
        feeds.append(oracle.Feed(folder, f"{number}:"))
    with Session(engine) as session:
        loaded = load(session)
    plain = Oracle(feeds, network.first - timedelta(days=3), DAYS + 6)
    searches = [Search(loaded, window(loaded, network.first + timedelta(days=day))) for day in range(DAYS)]
    answered = 0
    for _ in range(QUESTIONS):
        search = network.random.choice(searches)
        query, wish = question(network.random, search, network.point(), network.point())
        answered += compare(network.random, plain, search, query, wish)
    assert answered > 0


def test_the_sample_city_agrees_with_the_plain_search(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        session.execute(delete(Dataset))
    GtfsImporter().run(engine, SAMPLE / "gtfs", SettableClock(NOW))
    with Session(engine) as session:
        loaded = load(session)
    rng = random.Random(7)  # noqa: S311 - questions, not secrets
    for day in (NOW.date(), datetime(2026, 11, 28, tzinfo=BRUSSELS).date()):
        plain = Oracle([oracle.Feed(SAMPLE / "gtfs", "")], day - timedelta(days=1), 3)
        search = Search(loaded, window(loaded, day))
        points = sorted(plain.points.values())
        answered = 0
        for _ in range(SAMPLE_QUESTIONS):
            query, wish = question(rng, search, rng.choice(points), rng.choice(points))
            at_s = A_DAY_S + rng.randrange(A_DAY_S)
            start = int(search.window.start.timestamp())
            expected = [(rides, at - start) for rides, at in plain.arrivals(query, start + at_s)]
            assert search.arrivals(wish, at_s, at_s + A_DAY_S) == expected
            if expected:
                answered += 1
                rides, arrival_s = expected[-1]
                latest = search.departures(wish, arrival_s, at_s, rides)[-1][1]
                in_time, too_late = (
                    plain.arrivals(query, start + leave_s, rides)[-1][1] - start for leave_s in (latest, latest + 1)
                )
                assert in_time == arrival_s
                assert too_late > arrival_s
        assert answered > SAMPLE_QUESTIONS // 3
