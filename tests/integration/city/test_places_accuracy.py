"""How often the right place comes first: every street of the sample in both languages, also misspelt; every commune."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from fastapi import FastAPI

from services.city.app import create_app
from services.city.core.settings import CitySettings
from services.city.places.candidates import Candidate
from services.city.places.indexing import current
from services.city.places.parameters import KINDS
from services.city.places.searching import Wanted, search
from services.importers.registry import IMPORTERS, SAMPLE
from tests.integration.city import cities
from tests.integration.city.conftest import SAMPLE as FOLDER
from tools.synthetic_city.misspelling import misspelt

COMMUNES: dict[str, list[str]] = yaml.safe_load(
    Path(__file__).with_name("commune_names.yml").read_text(encoding="utf-8")
)
WRITTEN = [(slug, name) for slug, names in COMMUNES.items() for name in names]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    path: Path = tmp_path_factory.mktemp("sample")
    app = create_app(CitySettings(database_url=f"sqlite:///{path / 'city.db'}"), cities.CLOCK)
    for feed in ("communes", "best", "landmarks", "gtfs"):
        IMPORTERS[feed].run(app.state.engine, FOLDER / SAMPLE[feed], cities.CLOCK)
    yield app
    app.state.engine.dispose()


def found(sample: FastAPI, text: str, *kinds: str) -> list[Candidate]:
    with sample.state.sessions() as session:
        return search(session, current(session), Wanted(text, kinds or KINDS))


@pytest.mark.parametrize(
    ("edits", "at_least"), [pytest.param(0, 0.995, id="exact"), pytest.param(1, 0.97), pytest.param(2, 0.90)]
)
def test_the_right_street_comes_first(sample: FastAPI, edits: int, at_least: float) -> None:
    with sample.state.sessions() as session:
        index = current(session)
        streets: defaultdict[str, set[str]] = defaultdict(set)
        for place in index.places.values():
            if place.kind == "street":
                for name in (place.name_fr, place.name_nl):
                    streets[name].add(place.place_id)
        chance = random.Random(1619)  # noqa: S311 - the same edits each time
        wrong = []
        for name, meant in sorted(streets.items()):
            written = misspelt(name, edits, chance)
            first = next(iter(search(session, index, Wanted(written, ("street", "address")))), None)
            if first is None or first.place.place_id not in meant:
                wrong.append((name, written, first.place.name_fr if first else None))
    assert len(streets) > 700
    assert 1 - len(wrong) / len(streets) >= at_least, wrong


@pytest.mark.parametrize(("slug", "written"), WRITTEN, ids=[f"{slug}-{name}" for slug, name in WRITTEN])
def test_a_commune_is_found_however_it_is_written(sample: FastAPI, slug: str, written: str) -> None:
    assert found(sample, written, "commune")[0].place.place_id == f"commune:{slug}"
    # Parts of communes have names too; what comes first lies in the commune.
    assert found(sample, written, "commune", "locality")[0].place.commune_ids == (slug,)


def test_each_commune_is_written_in_several_ways() -> None:
    assert len(COMMUNES) == 19
    assert min(len(names) for names in COMMUNES.values()) >= 5


@pytest.mark.parametrize("written", ["Woluwe", "woluwé"])
def test_a_name_of_two_communes_gives_both(sample: FastAPI, written: str) -> None:
    assert {candidate.place.place_id for candidate in found(sample, written, "commune") if candidate.sure} == {
        "commune:woluwe-saint-lambert",
        "commune:woluwe-saint-pierre",
    }


@pytest.mark.parametrize(
    ("written", "kind", "meant"),
    [
        ("gare du midi", "stop", "Gare du Midi"),
        ("Zuidstation", "stop", "Gare du Midi"),
        ("bruxelles-midi", "stop", "Gare du Midi"),
        ("Brussel Zuid", "stop", "Gare du Midi"),
        ("place Dumon", "street", "Place Dumon"),
        ("Dumonplein", "street", "Place Dumon"),
        ("Parvis de Saint-Gilles", "street", "Parvis de Saint-Gilles"),
        ("Jubelpark", "landmark", "Parc du Cinquantenaire"),
        ("Cinquantenaire", "landmark", "Parc du Cinquantenaire"),
        ("debroeckere", "stop", "De Brouckère"),
        ("grote markt", "street", "Grand-Place"),
        ("atomium", "landmark", "Atomium"),
    ],
)
def test_what_everybody_calls_a_place_finds_it(sample: FastAPI, written: str, kind: str, meant: str) -> None:
    places = found(sample, written)
    best = places[0].score
    assert meant in {candidate.place.name_fr for candidate in places if candidate.score >= best - 0.01}
    assert found(sample, written, kind)[0].place.name_fr == meant


def test_a_landmark_is_not_offered_beside_the_street_that_it_is(sample: FastAPI) -> None:
    assert {candidate.kind for candidate in found(sample, "Grand-Place") if candidate.sure} == {"street", "stop"}
