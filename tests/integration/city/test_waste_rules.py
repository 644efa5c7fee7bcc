"""Rules about waste, from their file to the answers: what does not hold on a day is not answered."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from services.city.core.datasets import ImportReport
from services.importers.waste_rules import WasteRulesImporter
from tests.integration.city.conftest import Client, SettableClock


def rule(rule_id: str, more: str) -> str:
    texts = "{fr: en français, nl: in het Nederlands, en: in English}"
    return (
        f"  - {{id: {rule_id}, title: {texts}, text: {texts}, owner: tests,\n"
        f'     source: {{name: A page, url: "https://x.example/"}}, {more}}}\n'
    )


RULES = "rules:\n" + "".join(
    (
        rule("now", "topic: put_out, valid_from: 2023-05-15"),
        rule("before", "topic: put_out, valid_from: 2010-01-01, valid_until: 2023-05-14"),
        rule("later", "topic: put_out, valid_from: 2027-01-01"),
        rule("price", "topic: price, fractions: [orange], amount: {from: 1.5, to: 2}, valid_from: 2023-01-01"),
        rule("bulky", "topic: bulky, valid_from: 2020-01-01"),
        rule("bulky_there", "topic: bulky, commune: auderghem, valid_from: 2020-01-01"),
    )
)


def brought_in(app: FastAPI, folder: Path, text: str = RULES) -> ImportReport:
    folder.mkdir(exist_ok=True)
    (folder / "rules.yml").write_text(text, encoding="utf-8")
    return WasteRulesImporter().run(app.state.engine, folder, app.state.clock)


@pytest.fixture
def city(app: FastAPI, client: Client, tmp_path: Path) -> Client:
    brought_in(app, tmp_path / "rules")
    return client


def ask(city: Client, **params: Any) -> list[dict[str, Any]]:
    response = city.get("/v1/waste/rules", params=params)
    assert response.status_code == 200, response.text
    items: list[dict[str, Any]] = response.json()["items"]
    return items


def ids(city: Client, **params: Any) -> list[str]:
    return [item["id"] for item in ask(city, **params)]


@pytest.mark.parametrize(
    ("on", "found"),
    [
        pytest.param(None, ["now"], id="today"),
        pytest.param("2023-05-15", ["now"], id="on its first day"),
        pytest.param("2023-05-14", ["before"], id="on its last day"),
        pytest.param("2027-01-01", ["now", "later"], id="in future"),
        pytest.param("2009-12-31", [], id="before any"),
    ],
)
def test_only_what_holds_on_the_day_is_answered(city: Client, on: str | None, found: list[str]) -> None:
    assert ids(city, topic="put_out", **({"on": on} if on else {})) == found


def test_today_is_the_clocks(city: Client, clock: SettableClock) -> None:
    clock.at = datetime.fromisoformat("2026-12-31T23:30:00+00:00")
    assert ids(city, topic="put_out") == ["now", "later"]


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_a_rule_is_told_with_its_source_and_since_when(city: Client, language: str) -> None:
    (found,) = ask(city, topic="price", lang=language)
    text = {"fr": "en français", "nl": "in het Nederlands", "en": "in English"}[language]
    assert found == {
        "id": "price",
        "topic": "price",
        "fractions": ["orange"],
        "commune": None,
        "title": text,
        "text": text,
        "amount": {"from": 1.5, "to": 2.0},
        "read_on": {"name": "A page", "url": "https://x.example/"},
        "owner": "tests",
        "valid_from": "2023-01-01",
        "valid_until": None,
    }


def test_a_bags_rules_are_its_own_and_those_of_all(city: Client) -> None:
    assert ids(city, fraction="orange") == ["now", "price", "bulky"]
    assert ids(city, fraction="white") == ["now", "bulky"]


@pytest.mark.parametrize(
    ("commune", "found"),
    [
        (None, ["bulky"]),
        ("auderghem", ["bulky_there", "bulky"]),
        ("commune:auderghem", ["bulky_there", "bulky"]),
        ("uccle", ["bulky"]),
        ("\0", ["bulky"]),
    ],
)
def test_a_communes_own_rules_come_first_and_nowhere_else(city: Client, commune: str | None, found: list[str]) -> None:
    assert ids(city, topic="bulky", **({"commune": commune} if commune else {})) == found


def test_without_rules_the_list_is_empty(client: Client) -> None:
    assert ask(client) == []


@pytest.mark.parametrize("params", [{"topic": "weather"}, {"fraction": "pink"}, {"on": "soon"}])
def test_bad_input_is_named(city: Client, params: dict[str, str]) -> None:
    response = city.get("/v1/waste/rules", params=params)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("id: bulky,", "id: now,", "second rule with the id 'now'"),
        ("topic: bulky, valid", "topic: big, valid", "topic: "),
        ("amount: {from: 1.5", "amount: {from: 3", "to 2 is less than from 3"),
        ("valid_until: 2023-05-14", "valid_until: 2009-05-14", "is before valid_from"),
    ],
)
def test_a_rule_at_fault_is_left_out_and_named(
    app: FastAPI, tmp_path: Path, *, old: str, new: str, reason: str
) -> None:
    assert old in RULES
    report = brought_in(app, tmp_path / "rules", RULES.replace(old, new, 1))
    assert report.counts["rules"] == 5
    assert reason in report.problems[0]["reason"]
    assert report.problems[0]["file"] == "rules.yml"


def test_the_rules_are_known_since_the_first_of_them(app: FastAPI, tmp_path: Path) -> None:
    brought_in(app, tmp_path / "rules")
    with app.state.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT valid_from FROM datasets").scalar() == str(date(2010, 1, 1))
