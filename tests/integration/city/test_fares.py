"""Tickets and passes: which fit, what they cost, since when."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi import FastAPI

from services.importers.registry import IMPORTERS
from tests.integration.city.conftest import SAMPLE, Client, SettableClock

PATH = "/v1/transport/fares"


@pytest.fixture
def city(app: FastAPI, clock: SettableClock, client: Client) -> Client:
    IMPORTERS["fares"].run(app.state.engine, SAMPLE / "fares", clock)
    return client


def ids(city: Client, **params: Any) -> list[str]:
    return [item["id"] for item in city.get(PATH, params).json()["items"]]


@pytest.mark.parametrize(
    ("query", "age", "first"),
    [
        pytest.param("Combien coûte un abonnement pour un enfant de 14 ans ?", 14, "stib_youth", id="fr child of 14"),
        pytest.param("Wat kost een rit, contactloos?", None, "stib_single_contactless", id="nl contactless"),
        pytest.param("price of a monthly pass", None, "stib_month", id="en monthly"),
        pytest.param("ticket pour l'aéroport", None, "stib_airport", id="fr airport"),
        pytest.param("naar Zaventem", None, "stib_airport", id="nl Zaventem"),
        pytest.param("carte de 10", None, "stib_ten", id="fr ten"),
        pytest.param("tienritenkaart", None, "stib_ten", id="nl misspelt"),
        pytest.param("abonnement annuel", None, "stib_year", id="fr year"),
        pytest.param("abonnement pensionné", None, "stib_senior", id="fr senior"),
        pytest.param("tarif social BIM", None, "stib_bim", id="fr bim"),
        pytest.param("dagkaart", None, "stib_day", id="nl day"),
        pytest.param("train and bus", None, "brupass_single", id="en train and bus"),
        pytest.param("is the tram free for my baby", None, "stib_child", id="en baby"),
    ],
)
def test_what_people_say_finds_the_ticket(city: Client, query: str, age: int | None, first: str) -> None:
    assert ids(city, q=query, **({"age": age} if age is not None else {}))[0] == first


def test_nonsense_finds_none(city: Client) -> None:
    assert ids(city, q="xyzzy") == []


@pytest.mark.parametrize("query", ["tarifs", "hoeveel kost dat", "prices"])
def test_what_any_question_about_prices_says_finds_none(city: Client, query: str) -> None:
    assert ids(city, q=query) == []


@pytest.mark.parametrize(
    ("age", "has", "has_not"),
    [
        pytest.param(11, "stib_child", "stib_youth", id="11"),
        pytest.param(12, "stib_youth", "stib_child", id="12"),
        pytest.param(24, "stib_youth", "stib_senior", id="24"),
        pytest.param(25, "stib_month", "stib_youth", id="25"),
        pytest.param(64, "stib_month", "stib_senior", id="64"),
        pytest.param(65, "stib_senior", "stib_youth", id="65"),
    ],
)
def test_ages_are_inclusive(city: Client, age: int, has: str, has_not: str) -> None:
    found = ids(city, age=age)
    assert has in found
    assert has_not not in found


def test_what_is_made_for_an_age_comes_first(city: Client) -> None:
    assert ids(city, age=8)[0] == "stib_child"


@pytest.mark.parametrize(("condition", "there"), [("bim", True), ("resident", False), ("none", False)])
def test_conditions_leave_out_what_one_cannot_have(city: Client, condition: str, there: bool) -> None:
    assert ("stib_bim" in ids(city, condition=condition)) is there
    assert "stib_month" in ids(city, condition=condition)


@pytest.mark.parametrize(("language", "name"), [("fr", "Ticket d'un jour"), ("nl", "Dagticket"), ("en", "Day ticket")])
def test_a_ticket_says_all_in_a_language(city: Client, language: str, name: str) -> None:
    (item,) = city.get(PATH, {"ticket": "day", "q": "24h", "lang": language}).json()["items"][:1]
    assert (item["name"], item["price_eur"], item["valid_from"]) == (name, 8.4, "2025-02-01")
    assert item["conditions"]
    assert item["where"]
    assert item["may_have_changed"] is True


def test_an_unknown_price_is_not_guessed(city: Client) -> None:
    (item,) = [item for item in city.get(PATH).json()["items"] if item["id"] == "stib_ten"]
    assert item["price_eur"] is None
    assert "pas" in item["conditions"]


def test_sample_prices_say_so(city: Client) -> None:
    answer = city.get(PATH).json()
    assert (answer["source"]["sample"], answer["realtime"]) == (True, None)


def priced(tmp_path: Path, app: FastAPI, clock: SettableClock, *fares: dict[str, Any]) -> list[dict[str, Any]]:
    content = yaml.safe_load((SAMPLE / "fares" / "fares.yml").read_text(encoding="utf-8"))
    first = content["fares"][0]
    content["fares"] = [{**first, **fare} for fare in fares]
    path = tmp_path / "fares.yml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return IMPORTERS["fares"].run(app.state.engine, path, clock).problems


def test_of_two_prices_the_one_that_holds_on_the_day_is_said(
    app: FastAPI, clock: SettableClock, client: Client, tmp_path: Path
) -> None:
    before = {"id": "old", "price_eur": 2.3, "valid_from": "2025-02-01", "valid_until": "2026-11-30"}
    after = {"id": "new", "price_eur": 2.4, "valid_from": "2026-12-01"}
    assert priced(tmp_path, app, clock, before, after) == []
    assert ids(client) == ["old"]
    clock.at = datetime.fromisoformat("2026-12-01T00:00:00+01:00")
    assert ids(client) == ["new"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({"price_eur": -1}, "price_eur", id="negative price"),
        pytest.param({"price_eur": 1.234}, "price_eur", id="tenth of a cent"),
        pytest.param({"from_age": 30, "to_age": 20}, "above to_age", id="ages"),
        pytest.param({"valid_until": "2020-01-01"}, "before valid_from", id="ends before it begins"),
        pytest.param({"valid_from": "0026-01-01"}, "not a day of our time", id="year 26"),
        pytest.param({"names": {"fr": "a", "nl": "b"}}, "names.en", id="a language missing"),
        pytest.param({"prise_eur": 1}, "prise_eur", id="misspelt key"),
        pytest.param({"id": "good"}, "second document with the id 'good'", id="id twice"),
    ],
)
def test_a_ticket_at_fault_is_left_out_and_named(
    *, app: FastAPI, clock: SettableClock, client: Client, tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    (problem,) = priced(tmp_path, app, clock, {"id": "good"}, {"id": "bad", **change})
    assert reason in problem["reason"]
    assert problem["line"]
    assert ids(client) == ["good"]


@pytest.mark.parametrize("params", [{"age": -1}, {"age": 10**30}, {"ticket": "x"}, {"condition": "rich"}], ids=str)
def test_what_cannot_be_asked_is_refused(city: Client, params: dict[str, Any]) -> None:
    assert city.get(PATH, params).status_code == 422


@pytest.mark.parametrize("query", ["\0", " ", "\u202e", "é" * 200, "10", "-" * 200])
def test_odd_words_are_no_failure(city: Client, query: str) -> None:
    assert city.get(PATH, {"q": query}).status_code == 200
