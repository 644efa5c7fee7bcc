"""A façade of two feeds and two streets, for tests that only read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from services.city.app import create_app
from services.city.core.settings import CitySettings
from services.importers.best import BestImporter
from services.importers.communes import CommunesImporter
from services.importers.gtfs import GtfsImporter
from tests.integration.city import best, gtfs
from tests.integration.city.conftest import NOW, SAMPLE, Client, SettableClock
from tests.integration.city.journeys.asking import STREETS, trains


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder = tmp_path_factory.mktemp("town")
    clock = SettableClock(NOW)
    app = create_app(CitySettings(database_url=f"sqlite:///{folder / 'city.db'}"), clock)
    engine = app.state.engine
    CommunesImporter().run(engine, SAMPLE / "communes", clock)
    BestImporter().run(engine, best.write(folder / "addresses.csv", STREETS), clock)
    GtfsImporter().run(engine, gtfs.folder(folder / "tec"), clock, feed="tec")
    GtfsImporter().run(engine, trains(folder / "trains"), clock, feed="trains")
    yield app
    engine.dispose()


@pytest.fixture
def city(town: FastAPI) -> Client:
    return Client(town)
