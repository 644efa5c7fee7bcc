"""The sorting guide, from its files to the answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from services.city.core.datasets import ImportReport
from services.importers.base import ImportRefusedError
from services.importers.sorting import SortingImporter
from tests.integration.city import guides
from tests.integration.city.conftest import Client


@pytest.fixture
def city(app: FastAPI, client: Client, tmp_path: Path) -> Client:
    brought_in(app, guides.write(tmp_path / "guide"))
    return client


def brought_in(app: FastAPI, path: Path, **options: Any) -> ImportReport:
    return SortingImporter().run(app.state.engine, path, app.state.clock, **options)


def ask(city: Client, **params: Any) -> dict[str, Any]:
    response = city.get("/v1/waste/sorting", params=params)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def ids(answer: dict[str, Any]) -> list[str]:
    return [item["id"] for item in answer["items"]]


def test_a_thing_is_answered_with_where_why_and_the_trap(city: Client) -> None:
    answer = ask(city, q="Waar gooi ik drinkglazen?", lang="nl")
    (item,) = answer["items"]
    assert answer["ambiguous"] is False
    assert item == {
        "id": "drinking_glass",
        "name": "drinkglas",
        "names": {"fr": "verre à boire", "nl": "drinkglas", "en": "drinking glass"},
        "destinations": [
            {
                "id": "white",
                "kind": "bag",
                "name": "witte zak",
                "how": "Gewoon erin.",
                "fraction": "white",
                "material": None,
            },
            {
                "id": "blue",
                "kind": "bag",
                "name": "blauwe zak",
                "how": "Maak het leeg.",
                "fraction": "blue",
                "material": None,
            },
        ],
        "why": "Het wordt gerecycleerd.",
        "trap": "Wikkel het in.",
        "score": 97.0,
        "matched": "drinkglas",
    }
    assert (answer["source"]["name"], answer["realtime"]) == ("Sorting guide", None)


def test_a_word_for_several_things_is_ambiguous_and_lists_them_in_their_order(city: Client) -> None:
    answer = ask(city, q="du verre")
    assert answer["ambiguous"] is True
    assert ids(answer) == ["glass_bottle", "drinking_glass"]


def test_a_thing_is_found_in_another_language_than_the_answers(city: Client) -> None:
    answer = ask(city, q="glazen fles", lang="en")
    assert [item["name"] for item in answer["items"]] == ["glass bottle"]


def test_what_fits_equally_well_is_ambiguous(city: Client) -> None:
    answer = ask(city, q="bottle", lang="en")
    assert answer["ambiguous"] is True
    assert set(ids(answer)) == {"glass_bottle", "plastic_bottle"}


@pytest.mark.parametrize(
    "query",
    ["xyzzy", "asdfgh", "hello", "bonjour", "the president", "\0", "'; DROP TABLE waste_documents; --", "٣", "🗑"],
)
def test_what_is_like_nothing_in_the_guide_is_a_problem_without_suggestions(city: Client, query: str) -> None:
    response = city.get("/v1/waste/sorting", params={"q": query})
    assert (response.status_code, response.json()["code"]) == (404, "sorting_item_not_found")
    assert not response.json().get("suggestions")


def test_suggestions_are_the_most_similar(city: Client) -> None:
    problem = city.get("/v1/waste/sorting", params={"q": "bttloe glss", "lang": "en"}).json()
    assert problem["suggestions"][0] in (
        {"id": "glass_bottle", "name": "glass bottle"},
        {"id": "plastic_bottle", "name": "plastic bottle"},
    )


def test_without_a_question_all_things_are_listed_by_name(city: Client) -> None:
    answer = ask(city, lang="nl", limit=2, offset=1)
    assert ids(answer) == ["glass_bottle", "plastic_bottle"]
    assert (answer["total"], answer["ambiguous"]) == (3, False)


def test_things_of_one_destination(city: Client) -> None:
    assert set(ids(ask(city, destination="blue"))) == {"plastic_bottle", "drinking_glass"}


def test_one_thing_by_its_id(city: Client) -> None:
    answer = city.get("/v1/waste/sorting/glass_bottle", params={"lang": "fr"}).json()
    assert (answer["name"], answer["aliases"], answer["trap"]) == ("bouteille en verre", ["flacon"], None)
    assert answer["destinations"][0]["material"] == "glass"


def test_an_unknown_id_suggests_the_most_similar(city: Client) -> None:
    response = city.get("/v1/waste/sorting/glas_bottel", params={"lang": "en"})
    assert (response.status_code, response.json()["code"]) == (404, "sorting_item_not_found")
    assert response.json()["suggestions"][0] == {"id": "glass_bottle", "name": "glass bottle"}


def test_without_a_guide_nothing_is_found(client: Client) -> None:
    assert client.get("/v1/waste/sorting").json()["items"] == []
    assert client.get("/v1/waste/sorting", params={"q": "verre"}).status_code == 404


def test_a_new_guide_is_searched_at_once(app: FastAPI, city: Client, tmp_path: Path) -> None:
    assert ids(ask(city, q="plastic bottle")) == ["plastic_bottle"]
    brought_in(app, guides.write(tmp_path / "new", items=guides.ITEMS.replace("plastic_bottle", "pet_bottle")))
    assert ids(ask(city, q="plastic bottle")) == ["pet_bottle"]


def test_the_same_files_again_change_nothing(app: FastAPI, city: Client, tmp_path: Path) -> None:
    before = city.get("/v1/waste/sorting").json()["as_of"]
    app.state.clock.at = app.state.clock.at.replace(hour=12)
    assert brought_in(app, tmp_path / "guide").counts["things"] == 3
    assert city.get("/v1/waste/sorting").json()["as_of"] == before


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        pytest.param("to: [blue]", "to: [pink]", "to: no destination 'pink'", id="no such destination"),
        pytest.param("trap: wrap", "trap: rap", "trap: no trap 'rap'", id="no such trap"),
        pytest.param(
            "id: plastic_bottle", "id: glass_bottle", "second thing with the id 'glass_bottle'", id="id twice"
        ),
        pytest.param(
            "fr: [bouteille en plastique]",
            "fr: [flacons, flacon]",
            "'flacon' belongs to glass_bottle",
            id="another's name",
        ),
        pytest.param("nl: [plastic fles], ", "", "nl: Field required", id="a language missing"),
        pytest.param("nl: [plastic fles]", "nl: []", "nl: Tuple should have at least 1 item", id="no name"),
    ],
)
def test_a_thing_at_fault_is_left_out_and_named(app: FastAPI, tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in guides.ITEMS
    report = brought_in(app, guides.write(tmp_path / "guide", items=guides.ITEMS.replace(old, new)))
    assert report.counts["things"] == 2
    assert report.problems[0]["file"] == "all.yml"
    assert report.problems[0]["line"] in (4, 6)
    assert reason in report.problems[0]["reason"]


def test_a_word_for_several_cannot_be_the_name_of_one(app: FastAPI, tmp_path: Path) -> None:
    words = guides.AMBIGUITIES.replace("fr: [verre]", "fr: [flacon]")
    report = brought_in(app, guides.write(tmp_path / "guide", ambiguities=words))
    assert report.counts["words for several"] == 0
    assert report.problems[0]["reason"] == "glass: 'flacon' belongs to glass_bottle"


@pytest.mark.parametrize(
    ("part", "text", "reason"),
    [
        ("reasons", guides.REASONS.replace(", en: It is recycled.", ""), r"reasons.yml: recycled: en: Field required"),
        ("destinations", guides.DESTINATIONS.replace("kind: bag", "kind: sack"), r"destinations.yml:3: kind: "),
        ("traps", "owner: tests\n", r"traps.yml: no mapping under 'traps'"),
        ("items", "items: {}\n", r"all.yml: no list under 'items'"),
        ("items", "items: []\n", r"sorting: no things in this feed"),
    ],
)
def test_a_guide_without_its_texts_is_refused(app: FastAPI, tmp_path: Path, part: str, text: str, reason: str) -> None:
    brought_in(app, guides.write(tmp_path / "guide"))
    parts: dict[str, Any] = {part: text}
    with pytest.raises(ImportRefusedError, match=reason):
        brought_in(app, guides.write(tmp_path / "other", **parts))
    assert ask(Client(app))["total"] == 3


def test_the_vocabulary_has_every_thing_once_with_all_its_names(city: Client) -> None:
    items = city.get("/v1/waste/sorting-vocabulary").json()["items"]
    assert [item["id"] for item in items] == sorted(set(ids(ask(city))))
    glass = next(item for item in items if item["id"] == "drinking_glass")
    assert (glass["fr"][0], glass["nl"][0], glass["en"][0]) == ("verre à boire", "drinkglas", "drinking glass")
    bottle = next(item for item in items if item["id"] == "glass_bottle")
    assert bottle["fr"] == ["bouteille en verre", "flacon"]


def test_the_vocabulary_of_an_empty_city_is_empty(client: Client) -> None:
    assert client.get("/v1/waste/sorting-vocabulary").json()["items"] == []
