"""The sample's container parks and drop-off points are real places of the Region, and link to the sorting guide."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from services.city.waste.materials import MATERIALS
from services.cli import paths

FOLDER = paths.SAMPLE_CITY / "waste" / "points"


def entries(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))[name]
    return found


def test_the_five_recyparks_are_there() -> None:
    assert {park["names"]["fr"].removeprefix("Recypark ") for park in entries("parks")} == {
        "Nord",
        "Sud",
        "Humanité",
        "Auderghem",
        "Woluwe-Saint-Pierre",
    }


@pytest.mark.parametrize("name", ["parks", "points"])
def test_all_lie_in_the_region_in_their_postcode(name: str) -> None:
    communes = yaml.safe_load((paths.SAMPLE_CITY / "communes" / "communes.yml").read_text(encoding="utf-8"))["communes"]
    postcodes = {code for commune in communes for code in commune["postcodes"]}
    for entry in entries(name):
        assert 50.76 < entry["location"]["lat"] < 50.92, entry["id"]
        assert 4.24 < entry["location"]["lon"] < 4.49, entry["id"]
        assert entry["postcode"] in postcodes, entry["id"]


def test_every_commune_has_a_glass_bank_and_every_material_has_points() -> None:
    points = entries("points")
    communes = yaml.safe_load((paths.SAMPLE_CITY / "communes" / "communes.yml").read_text(encoding="utf-8"))["communes"]
    with_glass = {point["postcode"] for point in points if "glass" in point["materials"]}
    assert [commune["id"] for commune in communes if not with_glass & set(commune["postcodes"])] == []
    assert {material for point in points for material in point["materials"]} == set(MATERIALS)


def test_the_sorting_guide_sends_to_materials_that_points_take() -> None:
    text = (paths.SAMPLE_CITY / "waste" / "sorting" / "destinations.yml").read_text(encoding="utf-8")
    sent = {each["material"] for each in yaml.safe_load(text)["destinations"] if "material" in each}
    assert sent == set(MATERIALS)
