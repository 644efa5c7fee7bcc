"""The low-emission zone, parking zones and lost property, as answers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi import FastAPI

from services.importers.registry import IMPORTERS
from services.importers.registry import SAMPLE as PARTS
from tests.integration.city.conftest import SAMPLE, Client, SettableClock

LEZ = "/v1/transport/lez"
PARKING = "/v1/transport/parking-zones"
LOST = "/v1/transport/lost-property"


@pytest.fixture
def city(app: FastAPI, clock: SettableClock, client: Client) -> Client:
    for name in ("communes", "lez", "parking", "lost_property"):
        IMPORTERS[name].run(app.state.engine, SAMPLE / PARTS[name], clock)
    return client


@pytest.fixture
def streets(app: FastAPI, clock: SettableClock, city: Client) -> Client:
    """The city with its streets and addresses."""
    IMPORTERS["best"].run(app.state.engine, SAMPLE / PARTS["best"], clock)
    return city


def address(city: Client, text: str) -> str:
    found: str = city.get("/v1/places/search", {"q": text, "limit": 1}).json()["items"][0]["id"]
    return found


def test_a_verdict_comes_with_its_rule_and_what_to_do(city: Client) -> None:
    answer = city.get(LEZ, {"vehicle": "car", "fuel": "diesel", "euro": 5, "lang": "nl"}).json()
    assert (answer["verdict"], answer["date"], answer["enforcement"]) == ("not_allowed", "2026-11-23", "fine")
    assert answer["rule"]["text"] == "Een wagen of bestelwagen op diesel moet minstens euro 6 zijn."
    assert (answer["fine_eur"], answer["day_pass"]["price_eur"], answer["day_pass"]["most_a_year"]) == (350, 35, 8)
    assert "11 september 2025" in answer["history"]
    assert answer["registration"]
    assert answer["exemptions"]
    assert answer["source"]["sample"]


def test_who_may_drive_is_not_told_of_fines(city: Client) -> None:
    answer = city.get(LEZ, {"vehicle": "car", "fuel": "diesel", "euro": 6}).json()
    assert answer["verdict"] == "allowed"
    assert [answer[key] for key in ("enforcement", "fine_eur", "day_pass")] == [None, None, None]
    assert answer["day_pass_offer"]["price_eur"] == 35


def test_while_there_are_only_warnings_no_fine_is_told(city: Client) -> None:
    answer = city.get(LEZ, {"vehicle": "car", "fuel": "diesel", "euro": 5, "date": "2026-02-01"}).json()
    assert (answer["enforcement"], answer["fine_eur"]) == ("warning", None)
    assert "1er avril 2026" in answer["enforcement_text"]


def test_without_rules_there_is_no_verdict(client: Client) -> None:
    answer = client.get(LEZ)
    assert (answer.status_code, answer.json()["code"]) == (503, "lez_rules_unavailable")


@pytest.mark.parametrize(
    "params", [{"euro": 99}, {"date": "soon"}, {"date": "99999-01-01"}, {"vehicle": "boat"}, {"fuel": "wood"}], ids=str
)
def test_lez_refuses_what_cannot_be(city: Client, params: dict[str, Any]) -> None:
    assert city.get(LEZ, params).status_code == 422


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_lez_knows_nothing_of_other_times(city: Client, day: str) -> None:
    answer = city.get(LEZ, {"date": day, "vehicle": "car", "fuel": "diesel", "euro": 6, "first_registered": day})
    assert (answer.status_code, answer.json()["verdict"]) == (200, "unknown")


@pytest.mark.parametrize(
    ("place", "zone", "colour"),
    [
        pytest.param("point:50.8270,4.3722", "ixelles-flagey", "grey", id="within a polygon"),
        pytest.param("point:50.8785,4.3484", "bruxelles-bockstael", "red", id="in a square"),
        pytest.param("point:50.8480,4.3500", "bruxelles-bourse", "red", id="the narrower of two"),
    ],
)
def test_a_point_has_the_zone_that_it_lies_in(city: Client, place: str, zone: str, colour: str) -> None:
    answer = city.get(PARKING, {"place": place}).json()
    found = {(each["id"], each["colour"]) for each in answer["zones"]}
    assert (zone, colour) in found


def test_a_colour_says_what_its_zones_have_in_common(streets: Client) -> None:
    answer = streets.get("/v1/transport/parking-colours").json()
    colours = {each["colour"]: each for each in answer["items"]}
    assert (colours["grey"]["most_minutes"], colours["grey"]["prices"][1]) == (270, {"minutes": 60, "eur": 3.5})
    assert (colours["blue"]["disc"], colours["blue"]["prices"], colours["blue"]["most_minutes"]) == (True, [], 120)
    assert (colours["green"]["most_minutes"], colours["green"]["prices"][1]["eur"]) == (None, 1.8)
    assert "orange" not in colours


def test_an_address_has_the_zone_of_its_commune(streets: Client) -> None:
    answer = streets.get(PARKING, {"place": address(streets, "Rue Josaphat 100"), "lang": "en"}).json()
    (zone,) = answer["zones"]
    assert (answer["known"], answer["exact"], zone["id"], zone["commune"]) == (True, True, "schaerbeek", "schaerbeek")
    assert (zone["holds_at"], zone["hours"]) == (None, [])
    assert [price["eur"] for price in zone["prices"][:3]] == [0.9, 1.8, 5.3]
    assert "residents" in zone["text"]


def test_where_no_zone_is_known_it_says_so(city: Client) -> None:
    answer = city.get(PARKING, {"place": "commune:uccle"}).json()
    assert (answer["known"], answer["zones"]) == (False, [])


def test_a_commune_has_all_its_zones_and_is_not_exact(city: Client) -> None:
    answer = city.get(PARKING, {"place": "commune:ixelles"}).json()
    assert {zone["colour"] for zone in answer["zones"]} == {"red", "grey", "green"}
    assert answer["exact"] is False


def test_a_street_has_the_zones_of_its_doors(streets: Client) -> None:
    answer = streets.get(PARKING, {"place": address(streets, "Chaussée d'Ixelles")}).json()
    assert answer["exact"] is False
    assert len(answer["zones"]) > 1
    assert {zone["commune"] for zone in answer["zones"]} == {"ixelles"}


@pytest.mark.parametrize(
    ("at", "holds", "next_"),
    [
        pytest.param("2026-11-23T08:59:00+01:00", False, "2026-11-23T09:00:00+01:00", id="before"),
        pytest.param("2026-11-23T09:00", True, None, id="begins, without an offset"),
        pytest.param("2026-11-23T19:59:59Z", True, None, id="evening, in UTC"),
        pytest.param("2026-11-23T21:00:00+01:00", False, "2026-11-24T09:00:00+01:00", id="ended"),
        pytest.param("2026-11-29T12:00:00+01:00", False, "2026-11-30T09:00:00+01:00", id="Sunday"),
        pytest.param("2026-12-25T12:00:00+01:00", False, "2026-12-26T09:00:00+01:00", id="Christmas"),
    ],
)
def test_a_rule_holds_in_its_hours(city: Client, at: str, holds: bool, next_: str | None) -> None:
    answer = city.get(PARKING, {"place": "point:50.8270,4.3722", "at": at}).json()
    (zone,) = [zone for zone in answer["zones"] if zone["id"] == "ixelles-flagey"]
    assert (zone["holds_at"], zone["holds_next"]) == (holds, next_)
    assert datetime.fromisoformat(answer["at"]).utcoffset() is not None


@pytest.mark.parametrize(
    ("params", "status"),
    [
        pytest.param({"place": "stop:nowhere"}, 404, id="no place"),
        pytest.param({"place": "\0"}, 404, id="nul"),
        pytest.param({}, 422, id="nothing"),
        pytest.param({"place": "commune:ixelles", "at": "9999-12-31T23:59:59"}, 422, id="a far year"),
    ],
)
def test_parking_says_what_is_wrong(city: Client, params: dict[str, Any], status: int) -> None:
    assert city.get(PARKING, params).status_code == status


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(
            {"polygon": [[50.84, 4.35], [50.85, 4.36], [50.84, 4.36], [50.85, 4.35]]}, "crosses", id="bow tie"
        ),
        pytest.param({"polygon": [[50.84, 4.35], [50.85, 4.36]]}, "polygon", id="a line"),
        pytest.param({"prices": [{"minutes": 60, "eur": 2}, {"minutes": 120, "eur": 1}]}, "do not rise", id="prices"),
    ],
)
def test_a_zone_at_fault_is_left_out(
    app: FastAPI, clock: SettableClock, tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    content = yaml.safe_load((SAMPLE / "parking" / "parking.yml").read_text(encoding="utf-8"))
    content["parking"][0].update(change)
    path = tmp_path / "parking.yml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    report = IMPORTERS["parking"].run(app.state.engine, path, clock)
    assert [reason in problem["reason"] for problem in report.problems] == [True]


@pytest.mark.parametrize(
    ("params", "ids"),
    [
        pytest.param({}, ["stib", "sncb", "de_lijn", "tec"], id="all"),
        pytest.param({"operator": "MIVB"}, ["stib"], id="by its Dutch name"),
        pytest.param({"operator": "sncb-nmbs"}, ["sncb"], id="by both names"),
        pytest.param({"operator": "delijn"}, ["de_lijn"], id="in one word"),
        pytest.param({"mode": "Train"}, ["sncb"], id="by mode"),
        pytest.param({"mode": "tram"}, ["stib", "de_lijn"], id="several of a mode"),
        pytest.param({"mode": "boat"}, [], id="no such mode"),
    ],
)
def test_lost_property_by_operator(city: Client, params: dict[str, Any], ids: list[str]) -> None:
    assert [item["id"] for item in city.get(LOST, params).json()["items"]] == ids


def test_lost_property_says_how_and_where(city: Client) -> None:
    (item,) = city.get(LOST, {"operator": "stib", "lang": "nl"}).json()["items"]
    assert "verloren voorwerpen" in item["how"]
    assert "Kruidtuin" in item["collect"]
    assert (item["phone"], item["fee_eur"], item["may_have_changed"]) == ("070 23 20 00", 5, True)


@pytest.mark.parametrize("operator", ["uber", "\0", "☃"])
def test_an_unknown_operator_is_answered_with_those_there_are(city: Client, operator: str) -> None:
    answer = city.get(LOST, {"operator": operator})
    assert (answer.status_code, answer.json()["code"]) == (404, "operator_not_found")
    assert len(answer.json()["suggestions"]) == 4
