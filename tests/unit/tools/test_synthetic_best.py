"""The synthetic address file has the real one's shape and proportions, and is the same each time."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from pyproj import Transformer

from services.feeds.best.reader import read_addresses
from tools.synthetic_city.__main__ import main

SCALE = 0.02


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("best") / "openaddress.csv"
    main(["best", str(path), "--scale", str(SCALE)])
    return path


def test_it_is_the_same_each_time(file: Path, tmp_path: Path) -> None:
    main(["best", str(tmp_path / "again.csv"), "--scale", str(SCALE)])
    assert (tmp_path / "again.csv").read_bytes() == file.read_bytes()


def test_every_line_is_a_sound_address(file: Path) -> None:
    problems: list[str] = []
    rows = list(read_addresses(file, lambda name, line, reason: problems.append(reason)))
    assert problems == []
    assert len(rows) == pytest.approx(800_000 * SCALE, rel=0.15)
    assert any(row.box_number for row in rows)
    assert all(50.7 < row.lat < 51.0 and 4.2 < row.lon < 4.6 for row in rows)


def test_names_are_bilingual_and_some_lie_in_several_communes(file: Path) -> None:
    communes: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    streets: defaultdict[int, set[str]] = defaultdict(set)
    for row in read_addresses(file, lambda *_: None):
        communes[row.street_fr, row.street_nl].add(row.municipality_id)
        streets[row.street_id].add(row.municipality_id)
    assert len(communes) == round(5_600 * SCALE)
    assert sum(len(where) > 1 for where in communes.values()) == round(689 * SCALE)
    assert sum(bool(fr and nl) for fr, nl in communes) > 0.9 * len(communes)
    assert Counter(len(where) for where in streets.values()) == {1: len(streets)}


def test_both_coordinates_are_of_one_point(file: Path) -> None:
    to_wgs84 = Transformer.from_crs("EPSG:31370", "EPSG:4326", always_xy=True)
    with file.open(encoding="utf-8", newline="") as lines:
        row = next(csv.DictReader(lines))
    lon, lat = to_wgs84.transform(float(row["EPSG:31370_x"]), float(row["EPSG:31370_y"]))
    assert (lat, lon) == pytest.approx((float(row["EPSG:4326_lat"]), float(row["EPSG:4326_lon"])), abs=1e-6)
