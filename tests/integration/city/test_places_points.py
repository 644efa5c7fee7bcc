"""Landmarks, points and numbers between others: places that no street list holds as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.city.core.geo import distance_m
from services.importers.landmarks import LandmarksImporter
from tests.integration.city import cities
from tests.integration.city.conftest import SAMPLE, Client


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with cities.settled(tmp_path_factory.mktemp("city")) as app:
        LandmarksImporter().run(app.state.engine, SAMPLE / "landmarks", cities.CLOCK)
        yield Client(app)


def search(city: Client, q: str, **more: Any) -> list[dict[str, Any]]:
    response = city.get("/v1/places/search", {"q": q, **more})
    assert response.status_code == 200, response.text
    items: list[dict[str, Any]] = response.json()["items"]
    return items


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Atomium", "landmark:atomium"),
        ("l'atomium", "landmark:atomium"),
        ("Atomiun", "landmark:atomium"),
        ("Jubelpark", "landmark:parc-du-cinquantenaire"),
        ("cinquantenaire", "landmark:parc-du-cinquantenaire"),
        ("jubilee park", "landmark:parc-du-cinquantenaire"),
        ("Mannekenpis", "landmark:manneken-pis"),
        ("hôpital saint luc", "landmark:cliniques-saint-luc"),
        ("UZ Brussel", "landmark:uz-brussel"),
        ("VUB", "landmark:vub-etterbeek"),
        ("campus du solbosch", "landmark:ulb-solbosch"),
        ("european commission", "landmark:berlaymont"),
        ("basiliek van koekelberg", "landmark:basilique-de-koekelberg"),
        ("koninklijk paleis", "landmark:palais-royal"),
    ],
)
def test_a_landmark_is_found_by_what_people_call_it(city: Client, written: str, meant: str) -> None:
    assert search(city, written)[0]["id"] == meant


def test_a_landmark_is_a_place_by_its_id(city: Client) -> None:
    atomium = city.get("/v1/places/landmark:atomium").json()
    assert (atomium["kind"], atomium["name"], atomium["postcode"]) == (
        "landmark",
        {"fr": "Atomium", "nl": "Atomium"},
        "1020",
    )
    assert atomium["commune"]["id"] == "bruxelles"
    assert atomium["source"]["sample"] is True


def test_the_gazetteer_has_landmarks_with_their_english_names(city: Client) -> None:
    names = {entry["id"]: entry for entry in city.get("/v1/places/gazetteer").json()["names"]}
    park = names["landmark:parc-du-cinquantenaire"]
    assert park["kind"] == "landmark"
    assert (park["fr"][0], park["nl"][0]) == ("Parc du Cinquantenaire", "Jubelpark")
    assert "Cinquantenaire Park" in park["en"]
    assert "Cinquantenaire" in park["fr"]
    assert "Cinquantenaire" in park["nl"]


def test_a_point_is_a_place_with_the_address_that_it_is_at(city: Client) -> None:
    point = city.get("/v1/places/point:50.846161,4.366").json()
    assert (point["id"], point["kind"]) == ("point:50.84616,4.36600", "point")
    assert (point["name"], point["house_number"]) == ({"fr": "Rue de la Loi", "nl": "Wetstraat"}, "16")
    assert (point["commune"]["id"], point["postcode"]) == ("bruxelles", "1000")
    assert (point["lat"], point["lon"]) == (50.846161, 4.366)


def test_a_point_away_from_every_door_has_the_commune_of_the_streets_around(city: Client) -> None:
    point = city.get("/v1/places/point:50.8305,4.3715").json()
    assert (point["commune"]["id"], point["house_number"]) == ("ixelles", None)
    assert point["name"] == {"fr": "50.83050, 4.37150", "nl": "50.83050, 4.37150"}


def test_a_point_outside_the_region_has_no_commune(city: Client) -> None:
    point = city.get("/v1/places/point:-33.9,151.2").json()
    assert (point["commune"], point["postcode"], point["source"]["name"]) == (None, None, "city façade")


@pytest.mark.parametrize("asked", ["point:91,4", "point:50.8", "point:50.8,4.3,1", "point:a,b", "point:50.8,181"])
def test_what_is_no_point_on_earth_is_not_found(city: Client, asked: str) -> None:
    response = city.get(f"/v1/places/{asked}")
    assert (response.status_code, response.json()["code"]) == (404, "place_not_found")


@pytest.mark.parametrize(
    "written", ["50.84616, 4.36600", "point:50.84616,4.366", "50.84616 4.36600", "(50.84616;4.36600)"]
)
def test_coordinates_in_the_search_are_a_point(city: Client, written: str) -> None:
    (found,) = search(city, written)
    assert (found["id"], found["exact"], found["house_number"]) == ("point:50.84616,4.36600", True, "16")
    assert search(city, written, kinds="stop") == []


def test_a_number_between_two_is_interpolated_and_never_exact(city: Client) -> None:
    found = search(city, "rue de la loi 10")
    assert [(item["id"], item["interpolated"], item["exact"]) for item in found][:2] == [
        ("address:1:10", True, False),
        ("address:1:14", False, False),
    ]
    assert found[0]["lat"] == pytest.approx(50.8460 + 10 / 1e5)
    assert found[0]["score"] < 0.93


def test_an_interpolated_number_is_a_place_that_says_so(city: Client) -> None:
    place = city.get("/v1/places/address:1:10").json()
    assert (place["interpolated"], place["house_number"], place["commune"]["id"]) == (True, "10", "bruxelles")
    assert city.get("/v1/places/address:1:14").json()["interpolated"] is False


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("9", id="the other side has no numbers"),
        pytest.param("20", id="beyond the last"),
        pytest.param("0", id="before the first"),
    ],
)
def test_a_number_without_neighbours_on_both_ends_is_not_made_up(city: Client, number: str) -> None:
    assert not any(item["interpolated"] for item in search(city, f"rue de la loi {number}"))
    assert city.get(f"/v1/places/address:1:{number}").status_code == 404


def test_the_sample_has_landmarks_in_every_known_commune_near_where_it_lies(tmp_path: Path) -> None:
    with cities.settled(tmp_path) as app:
        report = LandmarksImporter().run(app.state.engine, SAMPLE / "landmarks", cities.CLOCK)
        client = Client(app)
        assert report.problems == []
        assert report.counts["landmarks"] >= 60
        near = client.get("/v1/places/near", {"lat": 50.8467, "lon": 4.3525, "kinds": "landmark", "limit": 100})
        communes = {c["id"]: c for c in client.get("/v1/communes", {"limit": 100}).json()["items"]}
        for item in near.json()["items"]:
            assert item["commune"]["id"] in communes
            there = client.get(f"/v1/places/commune:{item['commune']['id']}").json()
            assert distance_m(item["lat"], item["lon"], there["lat"], there["lon"]) < 6000, item["id"]
