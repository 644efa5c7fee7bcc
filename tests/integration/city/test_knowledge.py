"""The knowledge search: procedures, rules, contacts and messages of the sample city, in three languages."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from services.importers.communes import CommunesImporter
from services.importers.contacts import ContactsImporter
from services.importers.messages import MessagesImporter
from services.importers.permits import PermitsImporter
from services.importers.waste_rules import WasteRulesImporter
from tests.integration.city import realtime
from tests.integration.city.conftest import SAMPLE, Client, SettableClock

KNOWLEDGE = "/v1/knowledge"


@pytest.fixture
def city(app: FastAPI, client: Client, clock: SettableClock, tmp_path: Path) -> Client:
    realtime.import_network(app, tmp_path / "network")
    for importer, name in (
        (PermitsImporter(), "permits"),
        (WasteRulesImporter(), "waste/rules"),
        (ContactsImporter(), "contacts.yml"),
        (CommunesImporter(), "communes"),
        (MessagesImporter(), "messages"),
    ):
        importer.run(app.state.engine, SAMPLE / name, clock)
    return client


def found(client: Client, query: str | None = None, **more: Any) -> dict[str, Any]:
    response = client.get(KNOWLEDGE, params={**({} if query is None else {"q": query}), **more})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def ids(client: Client, query: str | None = None, **more: Any) -> list[str]:
    return [item["id"] for item in found(client, query, **more)["items"]]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("terrasse de café", "procedure:terrace"),
        ("horecaterras", "procedure:terrace"),
        ("pavement tables", "procedure:terrace"),
        ("abattre un abre", "procedure:tree_felling"),
        ("grof vuil", "rule:bulky_region"),
        ("odeur de gas", "contact:gas_smell"),
        ("gemeentehuis elsene", "commune:ixelles"),
        ("phone ixelles town hall", "commune:ixelles"),
        ("tram 81 flagey", "message:tram-81-flagey"),
        ("arret flagey déplacé", "message:tram-81-flagey"),
    ],
)
def test_what_people_type_is_found(city: Client, query: str, first: str) -> None:
    assert first in ids(city, query)[:3]


def test_an_item_comes_in_each_language_with_source_and_age(city: Client) -> None:
    item = found(city, "terrasse")["items"][0]
    assert item["title"]["nl"] == "Vergunning voor een terras (horeca)"
    assert item["title"]["en"] == "Terrace permit (cafés and restaurants)"
    assert (item["kind"], item["topic"], item["score"]) == ("procedure", "permits", 100)
    assert item["source"]["sample"] is True
    assert item["as_of"] == "2026-11-23T08:15:00+01:00"
    assert {part["facet"] for part in item["parts"]} >= {"documents", "cost", "duration"}


def test_a_contact_has_its_number_and_a_town_hall_its_address(city: Client) -> None:
    assert found(city, "pompiers")["items"][0]["phone"] == "112"
    hall = found(city, "commune auderghem")["items"][0]
    assert hall["phone"] == "02 676 48 11"
    assert hall["address"]["nl"] == "Emile Idiersstraat 12, 1160 Oudergem"


def test_kinds_and_topics_leave_out_the_rest(city: Client) -> None:
    assert {item["kind"] for item in found(city, kinds=["contact"], limit=100)["items"]} == {"contact"}
    assert {item["topic"] for item in found(city, "sac", topics=["waste"])["items"]} == {"waste"}
    assert ids(city, "terrasse", kinds=["contact", "message"]) == []


def test_what_is_known_can_be_had_by_its_ids(city: Client) -> None:
    wanted = ["contact:gas_smell", "procedure:terrace", "procedure:none"]
    assert ids(city, ids=wanted) == ["procedure:terrace", "contact:gas_smell"]


def test_words_may_be_looked_for_in_one_language_only(city: Client) -> None:
    assert ids(city, "encombrants", words_in="fr")
    assert ids(city, "encombrants", words_in="nl") == []


def test_without_words_everything_is_listed_by_pages(city: Client) -> None:
    first, second = found(city, limit=5), found(city, limit=5, offset=5)
    assert first["total"] == second["total"] > 60
    assert not {item["id"] for item in first["items"]} & {item["id"] for item in second["items"]}
    assert first["items"][0]["score"] is None


def test_what_does_not_hold_now_is_not_found(city: Client, clock: SettableClock) -> None:
    assert "message:tram-81-flagey" in ids(city, kinds=["message"])
    assert "rule:bag_blue_before_capsules" not in ids(city, kinds=["rule"], limit=100)
    clock.at = datetime.fromisoformat("2028-01-03T08:15:00+01:00")
    assert ids(city, kinds=["message"]) == []


def test_an_import_is_found_at_once(city: Client, app: FastAPI, clock: SettableClock, tmp_path: Path) -> None:
    assert ids(city, "crocodiles") == []
    text = (SAMPLE / "contacts.yml").read_text(encoding="utf-8")
    path = tmp_path / "contacts.yml"
    path.write_text(text.replace("Centre Antipoisons", "Maison des crocodiles"), encoding="utf-8")
    ContactsImporter().run(app.state.engine, path, clock)
    assert ids(city, "crocodiles") == ["contact:poison_centre"]


def test_nothing_that_fits_is_an_empty_page(city: Client) -> None:
    page = found(city, "xyzzy")
    assert (page["items"], page["total"]) == ([], 0)


def test_an_empty_city_knows_nothing(client: Client) -> None:
    page = found(client, "terrasse")
    assert (page["items"], page["source"]["name"]) == ([], "city façade")


@pytest.mark.parametrize(
    "more",
    [
        {"ids": "a" * 121},
        {"kinds": "street"},
        {"topics": "weather"},
        {"words_in": "de"},
        {"limit": 0},
        {"q": "a" * 501},
    ],
)
def test_what_is_not_asked_well_is_refused(city: Client, more: dict[str, Any]) -> None:
    response = city.get(KNOWLEDGE, params=more)
    assert response.status_code == 422
    assert response.json()["code"] == "invalid_request"
