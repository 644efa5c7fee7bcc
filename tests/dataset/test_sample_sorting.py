"""The sorting guide is whole, equal in its languages, and finds what residents ask for in their own words."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from kit.clock import FixedClock
from kit.languages import LANGUAGES, Language
from services.city.core.database import make_engine, make_session_factory
from services.city.waste.rounds import FRACTIONS
from services.city.waste.sorting.guide import Guide, current
from services.cli import paths
from services.importers.registry import upgrade
from services.importers.sorting import SortingImporter
from tests.integration.city.conftest import NOW

FOLDER = paths.SAMPLE_CITY / "waste" / "sorting"
QUERIES = list(csv.DictReader(Path(__file__).with_name("sorting_queries.csv").read_text(encoding="utf-8").splitlines()))
SEVERAL = [row for row in QUERIES if "+" in row["expected"]]
ONE = [row for row in QUERIES if "+" not in row["expected"]]


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guide]:
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('sorting') / 'city.db'}")
    upgrade(engine)
    report = SortingImporter().run(engine, FOLDER, FixedClock(NOW))
    assert report.problems == []
    with make_session_factory(engine)() as session:
        yield current(session)[0]
    engine.dispose()


def ids(guide: Guide, query: str, language: Language = "fr") -> list[str]:
    return [match.item.id for match in guide.search(query, language)]


def test_it_has_at_least_250_things_with_names_in_each_language(guide: Guide) -> None:
    assert len(guide.items) >= 250
    for language in LANGUAGES:
        assert sum(len(item.of(language)) for item in guide.items.values()) >= 3 * len(guide.items)


def test_languages_have_names_in_equal_measure(guide: Guide) -> None:
    counts = {language: sum(len(item.of(language)) for item in guide.items.values()) for language in LANGUAGES}
    assert max(counts.values()) < 1.25 * min(counts.values())


def test_every_destination_is_used_and_every_bag_is_one(guide: Guide) -> None:
    used = {each for item in guide.items.values() for each in item.to}
    assert used == guide.destinations.keys()
    assert {each.fraction for each in guide.destinations.values() if each.fraction} == set(FRACTIONS)


@pytest.mark.parametrize("what", ["reasons", "traps"])
def test_every_text_is_used_and_said_in_three_languages_that_differ(what: str) -> None:
    texts = yaml.safe_load((FOLDER / f"{what}.yml").read_text(encoding="utf-8"))[what]
    key = {"reasons": "why", "traps": "trap"}[what]
    items = [
        item
        for file in sorted(FOLDER.glob("items/*.yml"))
        for item in yaml.safe_load(file.read_text(encoding="utf-8"))["items"]
    ]
    assert {item[key] for item in items if key in item} == texts.keys()
    for name, text in texts.items():
        assert text.keys() == {"fr", "nl", "en"}, name
        assert len(set(text.values())) == 3, name
        assert max(map(len, text.values())) < 2.2 * min(map(len, text.values())), name


def test_everything_has_its_trap(guide: Guide) -> None:
    assert len(guide.items) >= 250
    assert [name for name, item in guide.items.items() if item.trap is None] == []


@pytest.mark.parametrize(
    "items",
    [
        pytest.param("pizza_box crisp_packet meat_tray plastic_cup paper_cup coffee_capsule", id="packaging"),
        pytest.param("receipt paper_tissue", id="paper"),
        pytest.param("mirror drinking_glass light_bulb candle", id="glass"),
        pytest.param("nappy cat_litter soil eggshell compostable_bag toy", id="bags"),
        pytest.param("medicine battery gas_bottle laughing_gas vape", id="dangers"),
    ],
)
def test_what_people_get_wrong_is_said_where_it_matters_most(guide: Guide, items: str) -> None:
    assert [item for item in items.split() if guide.items[item].trap is None] == []


@pytest.mark.parametrize(
    ("item", "destination"),
    [
        ("pizza_box", "yellow"),
        ("crisp_packet", "blue"),
        ("coffee_capsule", "blue"),
        ("meat_tray", "blue"),
        ("drink_pouch", "white"),
        ("alu_foil", "white"),
        ("alu_tray", "blue"),
        ("paper_tissue", "orange"),
        ("receipt", "white"),
        ("eggshell", "white"),
        ("bone", "white"),
        ("meat", "orange"),
        ("compostable_bag", "white"),
        ("cat_litter", "white"),
        ("nappy", "white"),
        ("drinking_glass", "white"),
        ("perfume_bottle", "glass_bank"),
        ("mirror", "recypark"),
        ("medicine", "pharmacy"),
        ("battery", "battery_point"),
        ("vape", "electrical"),
        ("light_bulb", "electrical"),
        ("gas_bottle", "shop"),
        ("laughing_gas", "recypark"),
        ("paint", "chemical"),
        ("frying_oil", "oil_point"),
        ("clothes", "textile"),
        ("grass", "green"),
        ("asbestos", "ask"),
    ],
)
def test_a_thing_goes_where_brussels_wants_it(guide: Guide, item: str, destination: str) -> None:
    assert guide.items[item].to[0] == destination


def test_the_queries_are_many_and_in_three_languages() -> None:
    assert len(QUERIES) >= 200
    assert min(Counter(row["language"] for row in QUERIES).values()) >= 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_things_are_found_in_residents_own_words(guide: Guide, language: Language) -> None:
    asked = [row for row in ONE if row["language"] == language]
    missed = {
        row["query"]: found for row in asked if (found := ids(guide, row["query"], language))[:1] != [row["expected"]]
    }
    assert len(missed) <= 0.02 * len(asked), missed


@pytest.mark.parametrize("row", SEVERAL, ids=lambda row: row["query"])
def test_a_word_for_several_things_offers_them(guide: Guide, row: dict[str, str]) -> None:
    assert set(ids(guide, row["query"])) >= set(row["expected"].split("+"))


def test_every_name_finds_its_own_thing_and_no_other(guide: Guide) -> None:
    names = [(item.id, name) for item in guide.items.values() for name in item.all]
    wrong = {name: found for owner, name in names if (found := ids(guide, name)) != [owner]}
    assert wrong == {}


def test_one_slip_of_the_finger_finds_the_thing_still(guide: Guide) -> None:
    """Two neighbouring letters swapped in the middle of the name that answers give."""
    asked = missed = 0
    for item in guide.items.values():
        for language in LANGUAGES:
            name = item.of(language)[0]
            if len(name) < 8 or " " in name:
                continue
            middle = len(name) // 2
            swapped = name[: middle - 1] + name[middle] + name[middle - 1] + name[middle + 1 :]
            asked += 1
            missed += ids(guide, swapped, language)[:1] != [item.id]
    assert asked > 150
    assert missed <= 0.03 * asked


@pytest.mark.parametrize("query", ["", "?!", "\0", "xyzzyx", "日本語", "a" * 200, "le la les de", "42"])
def test_what_names_nothing_finds_nothing(guide: Guide, query: str) -> None:
    assert ids(guide, query) == []
