"""What residents write, and the places that it means."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from services.city.core import datasets
from services.city.core.datasets import ImportReport, Origin
from services.city.places.writing import NewPlace, add_places
from tests.integration.city import cities
from tests.integration.city.conftest import Client


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with cities.settled(tmp_path_factory.mktemp("city")) as app:
        yield Client(app)


def search(city: Client, q: str, kinds: str | None = None, **more: Any) -> list[dict[str, Any]]:
    response = city.get("/v1/places/search", {"q": q, **({"kinds": kinds} if kinds else {}), **more})
    assert response.status_code == 200, response.text
    items: list[dict[str, Any]] = response.json()["items"]
    return items


def exact(city: Client, q: str, kinds: str | None = None) -> list[str]:
    return [item["id"] for item in search(city, q, kinds) if item["exact"]]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("rue de la loi 16", "address:1:16"),
        ("Wetstraat 16", "address:1:16"),
        ("wet straat 16", "address:1:16"),
        ("Wetstr. 16", "address:1:16"),
        ("16, rue de la Loi", "address:1:16"),
        ("rue de la loi n°16", "address:1:16"),
        ("RUE DE LA LOI NR 16 BUS 4", "address:1:16"),
        ("rue de la loi 16/4", "address:1:16"),
        ("rue de la loi 16A", "address:1:16"),
        ("rue de la loi, 16 (bte 4), 1000 Bruxelles", "address:1:16"),
        ("1000 bruxelles, rue de la loi 16", "address:1:16"),
        ("av. louise 200 bte 3", "address:2:200"),
        ("avenue louise 14", "address:2:12-16"),
        ("chaussée de wavre 300", "address:3:300"),
        ("chaussee de wavre 600 etterbeek", "address:3:600"),
        ("chée de Wavre 20, 1040", "address:3:20:1040"),
        ("ch de wavre 20 à Ixelles", "address:3:20:1050"),
        ("waversesteenweg 20 Elsene", "address:3:20:1050"),
        ("waverse stwg 20 in 1050", "address:3:20:1050"),
        ("rue de l'étuve", "street:5"),
        ("rue de l’Etuve", "street:5"),
        ("rue de l`etuve", "street:5"),
        ("RUE DE L ETUVE", "street:5"),
        ("St-Gilles", "commune:saint-gilles"),
        ("Sint Gillis", "commune:saint-gilles"),
        ("1060", "commune:saint-gilles"),
        ("gare du midi", "stop:gare-du-midi"),
        ("Zuidstation", "stop:gare-du-midi"),
        ("de brouckère", "stop:de-brouckere"),
        ("DE BROUCKERE", "stop:de-brouckere"),
        ("kunst wet", "stop:arts-loi"),
        ("les 3 tilleuls", "stop:les-3-tilleuls"),
        ("arrêt Flagey", "stop:flagey"),
        ("halte flagey", "stop:flagey"),
        ("Flagey Ixelles", "stop:flagey"),
        ("rond point", "stop:schuman"),
        ("ste catherine rue", "street:9"),
    ],
)
def test_a_name_is_found_however_it_is_written(city: Client, written: str, meant: str) -> None:
    found = search(city, written)
    assert found[0]["id"] == meant
    if written != "ste catherine rue":
        assert exact(city, written) == [meant]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("debroeckere", "stop:de-brouckere"),
        ("de brouckeer", "stop:de-brouckere"),
        ("shcuman", "stop:schuman"),
        ("schumann", "stop:schuman"),
        ("rue de la lois 16", "address:1:16"),
        ("wetsraat 16", "address:1:16"),
        ("chause de wavre 300", "address:3:300"),
        ("ixeles", "commune:ixelles"),
        ("schaarbek", "commune:schaerbeek"),
        ("louize", "stop:louise"),
    ],
)
def test_a_misspelt_name_is_offered_not_taken_for_exact(city: Client, written: str, meant: str) -> None:
    found = search(city, written)
    assert found[0]["id"] == meant
    assert (found[0]["match"], found[0]["exact"]) == ("fuzzy", False)
    assert 0.6 < found[0]["score"] < 1


@pytest.mark.parametrize(
    ("written", "kinds", "meant"),
    [
        ("louise 200", "street,address", "address:2:200"),
        ("avenue Louiza 200", "street,address", "address:2:200"),
        ("flagey", "street,address", "street:4"),
        ("midi", "stop", "stop:gare-du-midi"),
        ("Bruxelles-Midi", "stop", "stop:gare-du-midi"),
        ("south station", "stop", "stop:gare-du-midi"),
        ("Brussels South", "stop", "stop:gare-du-midi"),
        ("brouck", "stop", "stop:de-brouckere"),
        ("tilleuls", "stop", "stop:les-3-tilleuls"),
        ("ik sta aan de Wetstraat vlakbij de hoek", "street", "street:1"),
    ],
)
def test_a_part_of_a_name_is_offered(city: Client, written: str, kinds: str, meant: str) -> None:
    found = search(city, written, kinds)
    assert found[0]["id"] == meant
    assert found[0]["exact"] is False


def test_a_name_of_two_streets_gives_both_as_exact(city: Client) -> None:
    assert set(exact(city, "rue haute 5")) == {"address:6:5", "address:7:5"}
    scores = {item["score"] for item in search(city, "rue haute 5") if item["exact"]}
    assert scores == {1.0}


@pytest.mark.parametrize("where", ["jette", "1090", "1090 Jette", "à Jette", "1090 Bruxelles", "in jette"])
def test_a_commune_or_postcode_tells_two_streets_apart(city: Client, where: str) -> None:
    assert exact(city, f"rue haute 5 {where}") == ["address:7:5"]
    assert exact(city, f"rue haute {where}") == ["street:7"]


def test_a_number_that_occurs_twice_in_a_street_gives_both(city: Client) -> None:
    found = search(city, "chaussée de wavre 20")
    assert {item["id"]: item["commune"]["id"] for item in found if item["exact"]} == {
        "address:3:20:1050": "ixelles",
        "address:3:20:1040": "etterbeek",
    }


def test_a_number_may_be_a_postcode_and_both_are_given(city: Client) -> None:
    found = [item for item in search(city, "chaussée de wavre 1160") if item["exact"]]
    assert {item["id"] for item in found} == {"address:3:1160", "street:3"}
    assert {item["commune"]["id"] for item in found} == {"auderghem"}


def test_a_street_through_several_communes_stands_in_the_one_written(city: Client) -> None:
    (street,) = [item for item in search(city, "chaussée de wavre, auderghem", "street") if item["exact"]]
    assert (street["commune"]["id"], street["postcode"]) == ("auderghem", "1160")
    assert (street["lat"], street["lon"]) == (50.8140, 4.4260)


def test_a_missing_number_gives_the_nearest_and_the_street_neither_exact(city: Client) -> None:
    found = search(city, "rue de la loi 15")
    assert found[0]["id"] in {"address:1:14", "address:1:16"}
    assert found[1]["id"] == "street:1"
    assert not any(item["exact"] for item in found)
    assert all(item["score"] < 0.93 for item in found)


def test_a_place_elsewhere_than_written_is_not_exact(city: Client) -> None:
    found = search(city, "rue de la loi 16 uccle")
    assert (found[0]["id"], found[0]["exact"]) == ("address:1:16", False)
    assert exact(city, "rue de la loi uccle") == []
    assert exact(city, "rue de la loi 1180") == []
    assert search(city, "rue de la loi, uccle")[0]["id"] == "street:1"


def test_kinds_are_kept_to(city: Client) -> None:
    assert {item["kind"] for item in search(city, "louise", "stop")} == {"stop"}
    assert {item["kind"] for item in search(city, "louise", "street, address")} == {"street"}
    assert search(city, "rue de la loi", "commune") == []
    assert exact(city, "rue de la loi 16", "street") == ["street:1"]


def test_the_nearer_of_two_comes_first_and_tells_its_distance(city: Client) -> None:
    jette = search(city, "rue haute", "street", near="50.88,4.33")
    brussels = search(city, "rue haute", "street", near="50.84,4.35")
    assert [item["id"] for item in jette] == ["street:7", "street:6"]
    assert [item["id"] for item in brussels] == ["street:6", "street:7"]
    assert jette[0]["distance_m"] == 0


def test_the_busier_stop_comes_first_where_nothing_else_tells(city: Client) -> None:
    assert exact(city, "saint-pierre") == ["stop:saint-pierre-jette", "stop:saint-pierre-etterbeek"]


def test_pages_follow_each_other(city: Client) -> None:
    whole = search(city, "rue", limit=50)
    first = city.get("/v1/places/search", {"q": "rue", "limit": 2}).json()
    second = city.get("/v1/places/search", {"q": "rue", "limit": 2, "offset": 2}).json()
    assert first["total"] == second["total"] == len(whole) > 4
    assert [*first["items"], *second["items"]] == whole[:4]


def test_an_answer_names_the_source_of_what_it_holds(city: Client) -> None:
    stop = city.get("/v1/places/search", {"q": "schuman"}).json()
    assert stop["source"] == {"name": "Stops for tests", "url": None, "licence": None, "sample": True}
    assert stop["realtime"] is None
    street = city.get("/v1/places/search", {"q": "rue de la loi", "kinds": "street"}).json()
    assert street["source"]["name"] == "BeSt Address"
    assert street["as_of"] == "2026-11-23T08:00:00+01:00"


def test_nothing_is_found_for_what_is_no_name(city: Client) -> None:
    assert search(city, "xqzzkw") == []


def test_an_empty_city_answers_with_an_empty_page(client: Client) -> None:
    answer = client.get("/v1/places/search", {"q": "rue de la loi 16, 1000 Bruxelles"})
    assert (answer.status_code, answer.json()["items"]) == (200, [])


def test_a_new_import_is_seen_at_once(app: FastAPI, client: Client, tmp_path: Path) -> None:
    cities.settle(app, tmp_path)
    city = client
    assert search(city, "pannenhuis") == []
    with app.state.sessions() as session, session.begin():
        dataset = datasets.start(session, Origin("gtfs", "transport", "Newer"), cities.CLOCK.now())
        add_places(session, dataset.id, [NewPlace("stop:pannenhuis", "stop", "Pannenhuis", "Pannenhuis", 50.87, 4.34)])
        datasets.activate(session, dataset, ImportReport())
    assert exact(city, "pannenhuis") == ["stop:pannenhuis"]
    assert search(city, "schuman") == []
