"""The sample address file: what the generator makes, well formed, and plausible on the ground."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

from services.city.core.geo import distance_m
from services.feeds.best.coordinates import from_lambert72
from services.feeds.best.model import AddressRow
from services.feeds.best.reader import read_addresses
from services.importers.base import Origin, stated_origin
from tools.sample_city import best
from tools.sample_city.best_doors import doors
from tools.sample_city.streets_facts import STREETS_DIR, StreetFactsError, StreetPart, load

CITY = Path(__file__).parents[2] / "data" / "city"
FILE = CITY / "best" / "addresses.csv"
#: The farthest that a commune's streets lie from its town hall; the City's reach from the Bois to Haren.
FARTHEST_M = defaultdict(lambda: 4000, {"bruxelles": 7700, "anderlecht": 5800, "uccle": 5400})

Rows = list[AddressRow]


@pytest.fixture(scope="module")
def rows() -> Rows:
    problems: list[tuple[str, int | None, str]] = []
    found = list(read_addresses(FILE, lambda *problem: problems.append(problem)))
    assert problems == []
    return found


@pytest.fixture(scope="module")
def raw() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def communes() -> dict[str, dict]:
    raw = yaml.safe_load((CITY / "communes" / "communes.yml").read_text(encoding="utf-8"))["communes"]
    return {commune["nis_code"]: commune for commune in raw}


def test_the_committed_file_is_what_the_generator_makes() -> None:
    assert FILE.read_text(encoding="utf-8") == best.render(load()), "run python -m tools.sample_city.best"


def test_the_generator_writes_to_the_file_it_is_given(tmp_path: Path) -> None:
    best.main(["--out", str(tmp_path / "new" / "a.csv")])
    assert (tmp_path / "new" / "a.csv").read_bytes() == FILE.read_bytes()


def test_the_file_stays_small() -> None:
    assert FILE.stat().st_size < 4_500_000


def test_the_file_says_that_it_is_a_sample() -> None:
    origin = stated_origin(FILE, Origin("best", "places", "BeSt Address", None, None))
    assert origin.sample
    assert "sample" in origin.source_name.lower()


def test_the_columns_are_those_of_the_open_data(raw: list[dict[str, str]]) -> None:
    assert tuple(raw[0]) == best.COLUMNS
    assert {(row["region_code"], row["status"]) for row in raw} == {("BE-BRU", "current")}


def test_there_are_enough_streets_in_every_commune(rows: Rows, communes: dict[str, dict]) -> None:
    assert len({row.street_id for row in rows}) >= 400
    by_commune = Counter(nis for nis, _ in {(row.municipality_id, row.street_id) for row in rows})
    assert by_commune.keys() == communes.keys()
    assert min(by_commune.values()) >= 12
    assert by_commune["21004"] >= 80


def test_every_postcode_has_streets_and_belongs_to_its_commune(rows: Rows, communes: dict[str, dict]) -> None:
    pairs = {(row.municipality_id, row.postcode) for row in rows}
    assert pairs == {(nis, code) for nis, commune in communes.items() for code in commune["postcodes"]}


def test_every_address_has_both_names(rows: Rows, communes: dict[str, dict]) -> None:
    for row in rows:
        assert row.street_fr
        assert row.street_nl
        assert {"fr": row.municipality_fr, "nl": row.municipality_nl} == communes[row.municipality_id]["names"]


@pytest.mark.parametrize(
    ("fr", "nl", "postcodes"),
    [
        ("Rue de la Loi", "Wetstraat", {"1000"}),
        ("Rue Neuve", "Nieuwstraat", {"1000"}),
        ("Rue Haute", "Hoogstraat", {"1000"}),
        ("Rue Antoine Dansaert", "Antoine Dansaertstraat", {"1000"}),
        ("Place du Jeu de Balle", "Vossenplein", {"1000"}),
        ("Avenue Louise", "Louizalaan", {"1000", "1050"}),
        ("Chaussée d'Ixelles", "Elsensesteenweg", {"1050"}),
        ("Place Eugène Flagey", "Eugène Flageyplein", {"1050"}),
        ("Chaussée de Wavre", "Waversesteenweg", {"1050", "1040", "1160"}),
        ("Chaussée de Waterloo", "Waterloosesteenweg", {"1060", "1050", "1180"}),
        ("Chaussée de Gand", "Gentsesteenweg", {"1080", "1082"}),
        ("Chaussée d'Alsemberg", "Alsembergsesteenweg", {"1060", "1190", "1180"}),
    ],
)
def test_known_streets_have_their_names_and_postcodes(rows: Rows, fr: str, nl: str, postcodes: set[str]) -> None:
    street = [row for row in rows if row.street_fr == fr]
    assert {row.street_nl for row in street} == {nl}
    assert {row.postcode for row in street} == postcodes
    assert len({row.street_id for row in street}) == 1


@pytest.mark.parametrize(
    "name", ["Rue de l'Église", "Place Saint-Lambert", "Avenue du Roi Albert", "Parvis Saint-Pierre"]
)
def test_some_names_are_those_of_streets_in_several_communes(rows: Rows, name: str) -> None:
    assert len({(row.street_id, row.municipality_id) for row in rows if row.street_fr == name}) == 2


@pytest.mark.parametrize("name", ["Kerkstraat", "Broekstraat"])
def test_some_dutch_names_are_those_of_several_streets(rows: Rows, name: str) -> None:
    assert len({row.street_id for row in rows if row.street_nl == name}) == 2


def test_ids_are_unique_and_a_street_has_one_pair_of_names(rows: Rows, raw: list[dict[str, str]]) -> None:
    ids = [row["address_id"] for row in raw]
    assert len(ids) == len(set(ids))
    names = {(row.street_id, row.street_fr, row.street_nl) for row in rows}
    assert len(names) == len({street_id for street_id, *_ in names})


def test_no_door_is_there_twice_but_for_its_boxes(rows: Rows) -> None:
    doors_with_boxes = [(row.street_id, row.house_number, row.box_number) for row in rows]
    assert len(doors_with_boxes) == len(set(doors_with_boxes))
    assert sum(bool(row.box_number) for row in rows) > 200


def test_every_number_of_a_street_is_a_door_or_within_one() -> None:
    for _, part in load().parts:
        spans = [re.sub("[A-Z]", "", door.house_number).partition("-") for door in doors(part)]
        stood = {n for first, _, last in spans for n in range(int(first), int(last or first) + 1, 2)}
        assert stood == set(range(part.numbers[0], part.numbers[1] + 1)), part.name_fr


def test_addresses_lie_in_the_region_and_near_their_commune(rows: Rows, communes: dict[str, dict]) -> None:
    for row in rows:
        assert 50.76 < row.lat < 50.92, row
        assert 4.24 < row.lon < 4.49, row
        commune = communes[row.municipality_id]
        hall = commune["location"]
        assert distance_m(hall["lat"], hall["lon"], row.lat, row.lon) < FARTHEST_M[commune["id"]], row


def test_both_coordinate_systems_name_one_point(raw: list[dict[str, str]]) -> None:
    for row in raw[::50]:
        lat, lon = from_lambert72(float(row["EPSG:31370_x"]), float(row["EPSG:31370_y"]))
        assert distance_m(lat, lon, float(row["EPSG:4326_lat"]), float(row["EPSG:4326_lon"])) < 2


def test_numbers_rise_along_the_street_with_the_odd_ones_on_the_left() -> None:
    east = StreetPart.model_validate(
        {
            "street_id": 1,
            "name_fr": "Rue",
            "name_nl": "Straat",
            "postcode": "1000",
            "numbers": "1-30",
            "path": "50.85 4.35 > 50.85 4.36",
        }
    )
    stood = [(int(door.house_number), door.point) for door in doors(east) if door.house_number.isdigit()]
    assert [point[1] for _, point in stood] == sorted(point[1] for _, point in stood)
    assert all((point[0] > 50.85) == bool(number % 2) for number, point in stood)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Jourdanplein,1040,1-61", "Jourdanplein,1040,61-1", r"(?s)etterbeek.csv:\d+.*not a range"),
        ("Jourdanplein,1040", "Jourdanplein,1050", "1050 is not a postcode of Etterbeek"),
        ("1040,399-930", "1040,398-930", "Chaussée de Wavre: numbers .* overlap"),
        ("Waversesteenweg", "Wavresteenweg", "street 9003 has two names"),
    ],
)
def test_facts_that_contradict_each_other_are_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    for path in STREETS_DIR.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        if path.stem == "etterbeek":
            assert old in text
            text = text.replace(old, new)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    with pytest.raises(StreetFactsError, match=reason):
        load(tmp_path)
