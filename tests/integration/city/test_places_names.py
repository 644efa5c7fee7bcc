"""Every name that is stored is found by itself: those of the sample city, and any that a feed could bring."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from kit.text import fold
from services.city.app import create_app
from services.city.core import datasets
from services.city.core.datasets import ImportReport, Origin
from services.city.core.settings import CitySettings
from services.city.places.indexing import current
from services.city.places.parameters import KINDS
from services.city.places.searching import Wanted, search
from services.city.places.writing import NewPlace, add_places
from services.importers.registry import IMPORTERS
from tests.integration.city import cities
from tests.integration.city.conftest import SAMPLE


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    path: Path = tmp_path_factory.mktemp("sample")
    app = create_app(CitySettings(database_url=f"sqlite:///{path / 'city.db'}"), cities.CLOCK)
    for feed in ("communes", "best"):
        report = IMPORTERS[feed].run(app.state.engine, SAMPLE / feed, cities.CLOCK)
        assert report.problems == []
    yield app
    app.state.engine.dispose()


def sure(session: Session, text: str) -> set[str]:
    found = search(session, current(session), Wanted(text, KINDS))
    return {candidate.place.place_id for candidate in found if candidate.sure and candidate.address is None}


def test_every_place_of_the_sample_is_found_by_its_names_in_both_languages(sample: FastAPI) -> None:
    with sample.state.sessions() as session:
        places = current(session).places.values()
        assert len(places) > 300
        lost = [
            (place.place_id, name)
            for place in places
            for name in (place.name_fr, place.name_nl, place.name_fr.upper(), fold(place.name_nl))
            if place.place_id not in sure(session, name)
        ]
    assert lost == []


#: Names as feeds have them: letters of any kind, digits, marks; with a letter or digit, else they are not stored.
NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "S")), min_size=1, max_size=60).filter(
    lambda name: bool(fold(name))
)

_EXAMPLE = count(1)


@given(fr=NAMES, nl=NAMES, kind=st.sampled_from(["street", "stop", "commune", "locality"]))
@settings(max_examples=60, deadline=None)
def test_any_stored_name_is_found_by_itself(sample: FastAPI, fr: str, nl: str, kind: str) -> None:
    with sample.state.sessions() as session:
        # Each example is an import of its own, by its time, though all are rolled back.
        imported_at = cities.CLOCK.now() + timedelta(microseconds=next(_EXAMPLE))
        dataset = datasets.start(session, Origin("odd", "transport", "Odd names"), imported_at)
        add_places(session, dataset.id, [NewPlace(f"{kind}:777777", kind, fr, nl, 50.85, 4.35)])
        datasets.activate(session, dataset, ImportReport())
        assert f"{kind}:777777" in sure(session, fr)
        assert f"{kind}:777777" in sure(session, nl)
        session.rollback()
