"""The low-emission zone's verdicts, day by day, from the sample's tables."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from services.city.transport.lez.facts import FUELS, VEHICLES, Zone
from services.city.transport.lez.verdict import Asked, decide

FILE = Path(__file__).parents[4] / "data" / "city" / "lez" / "lez.yml"


def content() -> dict[str, Any]:
    zone: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["lez"][0]
    return zone


@pytest.fixture(scope="module")
def zone() -> Zone:
    return Zone.model_validate(content())


@pytest.mark.parametrize(
    ("vehicle", "fuel", "euro", "day", "verdict", "enforcement"),
    [
        pytest.param("car", "diesel", 5, "2026-11-23", "not_allowed", "fine", id="diesel 5 now"),
        pytest.param("car", "diesel", 6, "2026-11-23", "allowed", "fine", id="diesel 6 now"),
        pytest.param("van", "diesel", 4, "2026-11-23", "not_allowed", "fine", id="van diesel 4"),
        pytest.param("car", "petrol", 2, "2026-11-23", "not_allowed", "fine", id="petrol 2 now"),
        pytest.param("car", "petrol", 3, "2026-11-23", "allowed", "fine", id="petrol 3 now"),
        pytest.param("car", "lpg", 2, "2026-11-23", "not_allowed", "fine", id="lpg as petrol"),
        pytest.param("motorcycle", "petrol", 2, "2026-11-23", "not_allowed", "fine", id="motorcycle 2"),
        pytest.param("motorcycle", "petrol", 3, "2026-11-23", "allowed", "fine", id="motorcycle 3"),
        pytest.param("car", "diesel", 5, "2026-03-31", "not_allowed", "warning", id="last day of warnings"),
        pytest.param("car", "diesel", 5, "2026-04-01", "not_allowed", "fine", id="first day of fines"),
        pytest.param("car", "diesel", 5, "2025-12-31", "not_allowed", "none", id="holds but is not checked"),
        pytest.param("car", "diesel", 5, "2025-09-11", "not_allowed", "none", id="postponement suspended"),
        pytest.param("car", "diesel", 5, "2025-09-10", "allowed", "fine", id="postponed"),
        pytest.param("car", "petrol", 2, "2025-09-10", "allowed", "fine", id="petrol postponed"),
        pytest.param("car", "diesel", 4, "2022-06-30", "not_allowed", "warning", id="2022 warnings"),
        pytest.param("car", "diesel", 4, "2021-12-31", "allowed", "fine", id="2021"),
        pytest.param("car", "petrol", 0, "2018-12-31", "allowed", "none", id="petrol 2018"),
    ],
)
def test_a_vehicle_on_a_day(
    zone: Zone, *, vehicle: Any, fuel: Any, euro: int, day: str, verdict: str, enforcement: str
) -> None:
    found = decide(zone, Asked(vehicle, fuel, euro), date.fromisoformat(day))
    assert found.step is not None
    assert (found.verdict, found.step.enforcement) == (verdict, enforcement)


@pytest.mark.parametrize("day", ["2018-01-01", "2026-11-23", "2027-12-31"])
def test_what_has_no_exhaust_may_always_drive(zone: Zone, day: str) -> None:
    assert decide(zone, Asked(None, "electric", None), date.fromisoformat(day)).verdict == "allowed"


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        pytest.param(Asked(), ("vehicle", "fuel", "euro"), id="nothing"),
        pytest.param(Asked("car"), ("fuel", "euro"), id="a car"),
        pytest.param(Asked("car", "diesel"), ("euro",), id="a diesel car"),
        pytest.param(Asked(None, "diesel", 6), ("vehicle",), id="a diesel 6"),
        pytest.param(Asked("van", "diesel", None, date(2012, 1, 1)), ("euro",), id="a van's age does not tell"),
        pytest.param(Asked("car", "diesel", None, date(1980, 1, 1)), ("euro",), id="older than the norms"),
    ],
)
def test_what_is_not_known_is_asked(zone: Zone, asked: Asked, missing: tuple[str, ...]) -> None:
    found = decide(zone, asked, date(2026, 11, 23))
    assert (found.verdict, found.missing) == ("missing_facts", missing)


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        pytest.param(Asked("car", "diesel", 6), "2028-01-01", id="after the tables"),
        pytest.param(Asked("car", "diesel", 6), "2017-12-31", id="before the zone"),
        pytest.param(Asked("lorry", "diesel", 6), "2026-11-23", id="a lorry"),
        pytest.param(Asked("motorcycle", "petrol", 2), "2025-09-10", id="motorcycles before their rule"),
        pytest.param(Asked("lorry", "diesel", None), "2026-11-23", id="no use in asking for more"),
    ],
)
def test_where_the_tables_end_nothing_is_said(zone: Zone, asked: Asked, day: str) -> None:
    found = decide(zone, asked, date.fromisoformat(day))
    assert (found.verdict, found.rule, found.missing) == ("unknown", None, ())


@pytest.mark.parametrize(
    ("first", "euro"),
    [("2010-12-31", 4), ("2011-01-01", 5), ("2015-08-31", 5), ("2015-09-01", 6), ("1993-01-01", 1)],
)
def test_the_age_of_a_car_tells_its_norm_and_is_an_estimate(zone: Zone, first: str, euro: int) -> None:
    found = decide(zone, Asked("car", "diesel", None, date.fromisoformat(first)), date(2026, 11, 23))
    assert (found.euro, found.euro_estimated) == (euro, True)


def test_a_norm_that_is_given_wins_over_the_age(zone: Zone) -> None:
    found = decide(zone, Asked("car", "diesel", 6, date(2012, 1, 1)), date(2026, 11, 23))
    assert (found.euro, found.euro_estimated, found.verdict) == (6, False, "allowed")


def test_a_lower_norm_never_may_where_a_higher_one_may_not(zone: Zone) -> None:
    days = sorted({day for rule in zone.rules for day in (rule.starts, rule.ends)})
    for vehicle, fuel, day in product(VEHICLES, FUELS, days):
        verdicts = [decide(zone, Asked(vehicle, fuel, euro), day).verdict for euro in range(8)]
        assert verdicts == sorted(verdicts, key=["not_allowed", "allowed", "unknown"].index)


def test_rules_of_cars_leave_no_day_open(zone: Zone) -> None:
    for fuel in ("diesel", "petrol"):
        rules = [rule for rule in zone.rules if "car" in rule.vehicles and fuel in rule.fuels]
        assert rules[0].starts == zone.valid_from
        assert rules[-1].ends == zone.valid_until
        assert all((b.starts - a.ends).days == 1 for a, b in pairwise(rules))


@pytest.mark.parametrize(
    ("number", "change", "reason"),
    [
        pytest.param(0, {"ends": date(2019, 6, 1)}, "hold for one vehicle on one day", id="two rules at once"),
        pytest.param(0, {"ends": date(2017, 1, 1)}, "do not rise", id="ends before it begins"),
        pytest.param(1, {"starts": date(2018, 12, 1)}, "do not rise", id="no step on the first day"),
    ],
)
def test_tables_that_contradict_themselves_are_refused(number: int, change: dict[str, Any], reason: str) -> None:
    broken = content()
    broken["rules"][number].update(change)
    with pytest.raises(ValidationError, match=reason):
        Zone.model_validate(broken)
