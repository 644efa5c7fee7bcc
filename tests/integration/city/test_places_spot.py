"""Places inside sentences of three languages, on the sample city."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.city.app import create_app
from services.city.core.settings import CitySettings
from services.importers.registry import IMPORTERS, SAMPLE
from tests.integration.city import cities
from tests.integration.city.conftest import SAMPLE as FOLDER
from tests.integration.city.conftest import Client

SPOT = "/v1/places/spot"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    path: Path = tmp_path_factory.mktemp("sample")
    app = create_app(CitySettings(database_url=f"sqlite:///{path / 'city.db'}"), cities.CLOCK)
    for feed in ("communes", "best", "landmarks", "gtfs"):
        IMPORTERS[feed].run(app.state.engine, FOLDER / SAMPLE[feed], cities.CLOCK)
    yield Client(app)
    app.state.engine.dispose()


def spots(city: Client, text: str, **more: Any) -> list[dict[str, Any]]:
    response = city.get(SPOT, {"text": text, **more})
    assert response.status_code == 200, response.text
    items: list[dict[str, Any]] = response.json()["items"]
    for item in items:
        assert item["text"] == text[item["start"] : item["end"]]
        assert item["matches"]
    return items


def told(city: Client, text: str) -> list[tuple[str, str, str]]:
    """Return what is written, and the kind and French name of what is meant first, with its number."""
    return [
        (item["text"], match["kind"], f"{match['name']['fr']} {match['house_number'] or ''}".strip())
        for item in spots(city, text)
        for match in item["matches"][:1]
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "je suis au coin de la rue Haute et de la rue Blaes",
            [("rue Haute", "street", "Rue Haute"), ("rue Blaes", "street", "Rue Blaes")],
        ),
        (
            "ik sta op de hoek van de Hoogstraat en de Blaesstraat in Brussel",
            [("Hoogstraat", "street", "Rue Haute"), ("Blaesstraat in Brussel", "street", "Rue Blaes")],
        ),
        ("from schuman to the atomium", [("schuman", "stop", "Schuman"), ("atomium", "landmark", "Atomium")]),
        (
            "van kunst-wet naar de brouckère",
            [("kunst-wet", "stop", "Arts-Loi"), ("de brouckère", "stop", "De Brouckère")],
        ),
        (
            "prochain tram 81 à flagey vers montgomery",
            [("flagey", "stop", "Flagey"), ("montgomery", "stop", "Montgomery")],
        ),
        ("hoe laat komt de bus aan het Zuidstation?", [("Zuidstation", "stop", "Gare du Midi")]),
        (
            "how do I get from gare du midi to place dumon",
            [("gare du midi", "stop", "Gare du Midi"), ("place dumon", "street", "Place Dumon")],
        ),
        (
            "is there a tram from the European Parliament to UZ Brussel?",
            [("European Parliament", "landmark", "Parlement européen"), ("UZ Brussel", "landmark", "UZ Brussel")],
        ),
        (
            "sac jaune rue de la loi 16, 1000 Bruxelles svp",
            [("rue de la loi 16, 1000 Bruxelles", "address", "Rue de la Loi 16")],
        ),
        (
            "c'est au 16, rue de la Loi 1000 Bruxelles",
            [("16, rue de la Loi 1000 Bruxelles", "address", "Rue de la Loi 16")],
        ),
        ("poubelles av. louise 12 bte 3 a 1050", [("av. louise 12 bte 3 a 1050", "address", "Avenue Louise 12")]),
        ("rue Wayez 20 à Anderlecht c'est quand", [("rue Wayez 20 à Anderlecht", "address", "Rue Wayez 20")]),
        (
            "nid de poule chaussée de wavre à hauteur du 20 à ixelles",
            [("chaussée de wavre à hauteur du 20 à ixelles", "address", "Chaussée de Wavre 20")],
        ),
        ("rue Haute 5 minutes à pied", [("rue Haute", "street", "Rue Haute")]),
        ("avenue louiza 12", [("avenue louiza 12", "address", "Avenue Louise 12")]),
        ("ik woon in de wetstrat 16 in brussel", [("wetstrat 16 in brussel", "address", "Rue de la Loi 16")]),
        ("from shuman to flagey", [("shuman", "stop", "Schuman"), ("flagey", "stop", "Flagey")]),
        ("rue hautte c'est où", [("rue hautte", "street", "Rue Haute")]),
        ("je voudrais la carte riverain à Saint‑Gilles", [("Saint‑Gilles", "commune", "Saint-Gilles")]),
        ("je jette mes sacs à Jette", [("Jette", "commune", "Jette")]),
        ("commune de Forest", [("Forest", "commune", "Forest")]),
        ("arrêt Parc direction Stockel", [("Parc", "stop", "Parc"), ("Stockel", "stop", "Stockel")]),
        ("from Park to Beurs", [("Park", "stop", "Parc"), ("Beurs", "stop", "Bourse")]),
        ("RUE DE L’ÉTUVE 20 !!!", [("RUE DE L’ÉTUVE 20", "address", "Rue de l'Étuve 20")]),
        ("🚋 à Flagey 🙏", [("Flagey", "stop", "Flagey")]),
    ],
)
def test_places_are_found_in_a_sentence(city: Client, text: str, named: list[tuple[str, str, str]]) -> None:
    assert told(city, text) == named


@pytest.mark.parametrize(
    "text",
    [
        "à midi je vais au parc",
        "le tram passe à midi",
        "is the forest open?",
        "walk in the park",
        "je jette mes déchets",
        "tram 7 bus 71 ligne 1",
        "vers la maison, svp",
        "hello how are you today",
        "quand sortir les sacs blancs ?",
        "wanneer moet ik de gele zak buitenzetten",
        "mon numéro est le 0470 12 34 56",
        "1000 euros c'est cher",
        "het is vrede en de wetenschap gaat vooruit",
        "...",
        "٣ قصر",
    ],
)
def test_ordinary_words_are_no_places(city: Client, text: str) -> None:
    assert told(city, text) == []


def test_a_name_of_several_places_gives_all_of_them(city: Client) -> None:
    (item,) = spots(city, "il y a un trou rue de l'église")
    assert len({match["commune"]["id"] for match in item["matches"] if match["exact"]}) > 1


def test_a_commune_beside_a_street_elsewhere_is_a_place_of_its_own(city: Client) -> None:
    assert told(city, "de la rue Blaes à Uccle") == [
        ("rue Blaes", "street", "Rue Blaes"),
        ("Uccle", "commune", "Uccle"),
    ]


def test_kinds_are_kept_to(city: Client) -> None:
    assert [item["text"] for item in spots(city, "de la rue Blaes à Flagey", kinds="stop")] == ["Flagey"]


def test_a_long_text_gives_so_many_places_and_no_more(city: Client) -> None:
    assert len(spots(city, "rue Haute, Flagey; " * 100)) == 20


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        pytest.param({}, "invalid_request", id="no text"),
        pytest.param({"text": ""}, "invalid_request", id="empty"),
        pytest.param({"text": "a" * 2001}, "invalid_request", id="too long"),
        pytest.param({"text": "rue\0Haute"}, "invalid_query", id="nul"),
        pytest.param({"text": "rue Haute", "kinds": "planet"}, "unknown_kind", id="unknown kind"),
    ],
)
def test_bad_input_is_a_problem_with_a_code(city: Client, parameters: dict[str, str], code: str) -> None:
    response = city.get(SPOT, parameters)
    assert (response.status_code, response.json()["code"]) == (422, code)


PARTS = ("rue", "de", "la", "Loi", "wet", "straat", "16", "n°", "bte", "3", "1000", "1050", "Ixelles", "à", ",", "-")
MARKS = ("/", "(", "'", "’", "arrêt", "St", "12-14", "Flagey", "midi", "ß", "Q", "av.", "É")
WORDS = st.lists(st.sampled_from((*PARTS, *MARKS)), max_size=60).map(" ".join)


@given(text=st.text(min_size=1, max_size=300) | WORDS.filter(bool))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_it_and_places_never_overlap(city: Client, text: str) -> None:
    response = city.get(SPOT, {"text": text})
    assert response.status_code in {200, 422}
    if response.status_code == 200:
        items = response.json()["items"]
        assert all(item["text"] == text[item["start"] : item["end"]] for item in items)
        assert all(one["end"] <= other["start"] for one, other in pairwise(items))
