"""A small city for tests: a few streets, stops and communes that show what makes names hard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from fastapi import FastAPI

from kit.clock import FixedClock
from services.city.app import create_app
from services.city.core import datasets
from services.city.core.datasets import ImportReport, Origin
from services.city.core.settings import CitySettings
from services.city.places.writing import NewPlace, add_places
from services.importers.best import BestImporter
from services.importers.communes import CommunesImporter
from tests.integration.city import best
from tests.integration.city.conftest import SAMPLE

CLOCK = FixedClock(datetime.fromisoformat("2026-11-23T08:00:00+01:00"))

LOI = ("Rue de la Loi", "Wetstraat")
LOUISE = ("Avenue Louise", "Louizalaan")
WAVRE = ("Chaussée de Wavre", "Waversesteenweg")
STREETS = [
    *(best.line(1, *LOI, "1000", str(n), lat=50.8460 + n / 1e5, lon=4.3660) for n in (2, 4, 14, 16, 18)),
    best.line(2, *LOUISE, "1000", "200", lat=50.8290, lon=4.3610),
    best.line(2, *LOUISE, "1050", "12-16", lat=50.8350, lon=4.3570),
    *(best.line(3, *WAVRE, "1050", n, lat=50.8370, lon=4.3660) for n in ("20", "300")),
    *(best.line(3, *WAVRE, "1040", n, lat=50.8310, lon=4.3900) for n in ("20", "600", "602")),
    best.line(3, *WAVRE, "1160", "1160", lat=50.8140, lon=4.4260),
    best.line(4, "Place Eugène Flagey", "Eugène Flageyplein", "1050", "18", lat=50.8275, lon=4.3720),
    best.line(5, "Rue de l'Étuve", "Stoofstraat", "1000", "46", lat=50.8450, lon=4.3500),
    # The same name in two communes, as two streets.
    best.line(6, "Rue Haute", "Hoogstraat", "1000", "5", lat=50.8400, lon=4.3500),
    best.line(7, "Rue Haute", "Hoogstraat", "1090", "5", lat=50.8800, lon=4.3300),
    best.line(8, "Rue du Midi", "Zuidstraat", "1000", "10", lat=50.8450, lon=4.3490),
    best.line(9, "Rue Sainte-Catherine", "Sint-Katelijnestraat", "1000", "1", lat=50.8510, lon=4.3490),
]

STOPS = [
    NewPlace("stop:gare-du-midi", "stop", "Gare du Midi", "Zuidstation", 50.8360, 4.3365, weight=900),
    NewPlace("stop:de-brouckere", "stop", "De Brouckère", "De Brouckère", 50.8513, 4.3525, ("bruxelles",), weight=500),
    NewPlace("stop:flagey", "stop", "Flagey", "Flagey", 50.8275, 4.3725, ("ixelles",), weight=300),
    NewPlace("stop:louise", "stop", "Louise", "Louiza", 50.8357, 4.3555, weight=400),
    NewPlace("stop:arts-loi", "stop", "Arts-Loi", "Kunst-Wet", 50.8453, 4.3691, weight=800),
    NewPlace("stop:les-3-tilleuls", "stop", "Les 3 Tilleuls", "Drie Linden", 50.8040, 4.4200, weight=20),
    NewPlace("stop:saint-pierre-etterbeek", "stop", "Saint-Pierre", "Sint-Pieter", 50.84, 4.39, weight=10),
    NewPlace("stop:saint-pierre-jette", "stop", "Saint-Pierre", "Sint-Pieter", 50.88, 4.32, weight=30),
    NewPlace("stop:schuman", "stop", "Schuman", "Schuman", 50.8430, 4.3825, weight=600, aliases=[("Rond-Point", "fr")]),
]


@contextmanager
def settled(folder: Path) -> Iterator[FastAPI]:
    """Give a façade of this city, for tests that only read."""
    app = create_app(CitySettings(database_url=f"sqlite:///{folder / 'city.db'}"), CLOCK)
    settle(app, folder)
    yield app
    app.state.engine.dispose()


def settle(app: FastAPI, folder: Path) -> None:
    """Import the city into the app's database."""
    engine = app.state.engine
    CommunesImporter().run(engine, SAMPLE / "communes", CLOCK)
    BestImporter().run(engine, best.write(folder / "addresses.csv", STREETS), CLOCK)
    with app.state.sessions() as session, session.begin():
        dataset = datasets.start(session, Origin("gtfs", "transport", "Stops for tests", sample=True), CLOCK.now())
        add_places(session, dataset.id, STOPS)
        datasets.activate(session, dataset, ImportReport())
