"""Places by id and around a point, and the gazetteer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integration.city import cities
from tests.integration.city.conftest import Client


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with cities.settled(tmp_path_factory.mktemp("city")) as app:
        yield Client(app)


@pytest.mark.parametrize(
    ("place_id", "kind", "commune"),
    [
        ("street:1", "street", {"id": "bruxelles", "name": {"fr": "Bruxelles", "nl": "Brussel"}}),
        ("address:3:20:1040", "address", {"id": "etterbeek", "name": {"fr": "Etterbeek", "nl": "Etterbeek"}}),
        ("stop:flagey", "stop", {"id": "ixelles", "name": {"fr": "Ixelles", "nl": "Elsene"}}),
        ("stop:gare-du-midi", "stop", None),
        ("commune:ixelles", "commune", {"id": "ixelles", "name": {"fr": "Ixelles", "nl": "Elsene"}}),
    ],
)
def test_a_place_is_found_by_its_id(city: Client, place_id: str, kind: str, commune: object) -> None:
    place = city.get(f"/v1/places/{place_id}").json()
    assert (place["id"], place["kind"], place["commune"]) == (place_id, kind, commune)
    assert {"source", "as_of", "realtime"} <= place.keys()


def test_an_unknown_number_suggests_the_nearest(city: Client) -> None:
    response = city.get("/v1/places/address:1:15")
    assert (response.status_code, response.json()["code"]) == (404, "place_not_found")
    assert {s["house_number"] for s in response.json()["suggestions"][:2]} == {"14", "16"}


@pytest.mark.parametrize("place_id", ["stop:flagy", "stop:flageyy", "flagey"])
def test_an_unknown_id_suggests_similar_ones(city: Client, place_id: str) -> None:
    response = city.get(f"/v1/places/{place_id}")
    assert response.json()["code"] == "place_not_found"
    assert "stop:flagey" in [s["id"] for s in response.json()["suggestions"]]


def test_near_lists_the_nearest_first_with_metres(city: Client) -> None:
    items = city.get("/v1/places/near", {"lat": 50.8360, "lon": 4.3560, "kinds": "stop"}).json()["items"]
    assert [item["id"] for item in items][:2] == ["stop:louise", "stop:gare-du-midi"]
    assert 30 <= items[0]["distance_m"] <= 60
    distances = [item["distance_m"] for item in items]
    assert distances == sorted(distances)


def test_near_finds_the_address_that_someone_stands_at(city: Client) -> None:
    answer = city.get("/v1/places/near", {"lat": 50.846165, "lon": 4.3660, "kinds": "address,street", "limit": 3})
    assert [item["id"] for item in answer.json()["items"]] == ["address:1:16", "street:1", "address:1:18"]


def test_near_keeps_to_its_radius_and_limit(city: Client) -> None:
    here = {"lat": 50.8360, "lon": 4.3560}
    assert [
        i["id"] for i in city.get("/v1/places/near", {**here, "kinds": "stop", "radius_m": 100}).json()["items"]
    ] == ["stop:louise"]
    assert len(city.get("/v1/places/near", {**here, "radius_m": 10000, "limit": 4}).json()["items"]) == 4
    assert city.get("/v1/places/near", {"lat": -33.9, "lon": 151.2}).json()["items"] == []


def test_gazetteer_holds_each_place_once_with_all_its_names(city: Client) -> None:
    gazetteer = city.get("/v1/places/gazetteer").json()
    names = {entry["id"]: entry for entry in gazetteer["names"]}
    assert len(names) == len(gazetteer["names"])
    assert names["stop:gare-du-midi"] == {
        "id": "stop:gare-du-midi",
        "kind": "stop",
        "fr": ["Gare du Midi"],
        "nl": ["Zuidstation"],
        "en": [],
    }
    assert names["stop:schuman"]["fr"] == ["Schuman", "Rond-Point"]
    assert names["stop:schuman"]["nl"] == ["Schuman"]
    assert "St-Gilles" in names["commune:saint-gilles"]["fr"]
    assert "St-Gilles" in names["commune:saint-gilles"]["nl"]
    assert {entry["kind"] for entry in gazetteer["names"]} == {"street", "stop", "commune", "locality"}
    assert gazetteer["lines"] == []


def test_gazetteer_is_the_same_each_time(city: Client) -> None:
    assert city.get("/v1/places/gazetteer").json() == city.get("/v1/places/gazetteer").json()


def test_gazetteer_of_an_empty_city_is_empty(client: Client) -> None:
    gazetteer = client.get("/v1/places/gazetteer").json()
    assert (gazetteer["names"], gazetteer["lines"]) == ([], [])
