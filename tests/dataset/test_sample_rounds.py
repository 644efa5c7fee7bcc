"""The sample waste rounds: what the generator makes, whole for every door, and in the service's own shape."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import holidays
import pytest
import yaml

from services.city.places.numbers import span
from services.feeds.best.reader import read_addresses
from services.importers.base import Origin, stated_origin
from tools.sample_city import rounds, rounds_facts, streets_facts
from tools.sample_city.rounds_facts import RoundFactsError

CITY = Path(__file__).parents[2] / "data" / "city"
FILE = CITY / "waste" / "rounds.jsonl"
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
TEXT = re.compile(r"(\w+), sortez vos sacs (.+) entre 18:00 et (24|20):00")
#: Outside these, white bags are collected once a week.
INNER = {"1000", "1020", "1030", "1040", "1050", "1060", "1070", "1080", "1081", "1190", "1210"}

Line = dict[str, Any]


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def by_street(lines: list[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line["street_id"]].append(line)
    return found


@pytest.fixture(scope="module")
def days_off() -> list[dict[str, Any]]:
    return yaml.safe_load((CITY / "waste" / "holidays.yml").read_text(encoding="utf-8"))["holidays"]


def bags(line: Line) -> dict[str, set[str]]:
    """Return the bags of each weekday that has any."""
    found = {}
    for weekday, text in line["answer"]["desc_ramassage"].items():
        if weekday != "message" and text:
            found[weekday] = set(re.split(r", | et ", TEXT.fullmatch(text)[2]))
    return found


def holds(line: Line, number: int) -> bool:
    low, high = line["number_from"] or 0, line["number_to"] or 99_999
    return low <= number <= high and line["side"] in ("both", "odd" if number % 2 else "even")


def test_the_committed_file_is_what_the_generator_makes() -> None:
    made = rounds.render(streets_facts.load(), rounds_facts.load())
    assert FILE.read_text(encoding="utf-8") == made, "run python -m tools.sample_city.rounds"


def test_the_generator_writes_to_the_file_it_is_given(tmp_path: Path) -> None:
    rounds.main(["--out", str(tmp_path / "new" / "r.jsonl")])
    assert (tmp_path / "new" / "r.jsonl").read_bytes() == FILE.read_bytes()


def test_the_file_says_that_it_is_a_sample() -> None:
    origin = stated_origin(FILE, Origin("waste", "waste", "Net Brussel", None, None))
    assert origin.sample
    assert "sample" in origin.source_name.lower()


def test_every_door_of_the_address_file_falls_in_exactly_one_part(by_street: dict[str, list[Line]]) -> None:
    streets = set()
    for row in read_addresses(CITY / "best" / "addresses.csv", lambda *_: None):
        streets.add(str(row.street_id))
        first, last = span(row.house_number)
        found = [line for line in by_street[str(row.street_id)] if holds(line, first)]
        assert len(found) == 1, row
        # A door that stands for several numbers must not reach into another part.
        assert holds(found[0], last), row
        assert found[0]["zip"] == row.postcode
        assert (found[0]["street_fr"], found[0]["street_nl"]) == (row.street_fr, row.street_nl)
    assert streets == by_street.keys()


def test_parts_of_a_street_leave_no_number_out_and_hold_none_twice(by_street: dict[str, list[Line]]) -> None:
    for street, parts in by_street.items():
        for number in range(1, 2200):
            assert sum(holds(part, number) for part in parts) == 1, (street, number)


def test_a_street_of_one_part_has_open_ends(by_street: dict[str, list[Line]]) -> None:
    whole = [parts[0] for parts in by_street.values() if len(parts) == 1]
    assert len(whole) > 250
    assert {(line["number_from"], line["number_to"], line["side"]) for line in whole} == {(None, None, "both")}


def test_some_streets_differ_by_number_and_some_by_side(by_street: dict[str, list[Line]]) -> None:
    in_parts = [parts for parts in by_street.values() if len(parts) > 1]
    assert sum(any(part["side"] != "both" for part in parts) for parts in in_parts) >= 5
    assert sum(len({(p["zip"], p["number_from"]) for p in parts}) > 1 for parts in in_parts) >= 20


def test_every_part_has_all_bags_and_green_dates(lines: list[Line]) -> None:
    for line in lines:
        named = set().union(*bags(line).values())
        assert named >= {"BLANC", "BLEU", "JAUNE", "ORANGE"}, line
        assert line["answer"]["SacsVerts"], line
        assert line["answer"]["rue"] == line["street_fr"]


def test_white_bags_go_once_a_week_in_outer_communes_and_twice_in_inner_ones(lines: list[Line]) -> None:
    found: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        found[line["zip"]].add(sum("BLANC" in each for each in bags(line).values()))
    assert all(2 in found[postcode] for postcode in INNER)
    assert all(counts == {1} for postcode, counts in found.items() if postcode not in INNER)


def test_bags_go_out_on_the_evening_before_and_never_for_a_weekend_round(lines: list[Line]) -> None:
    for line in lines:
        texts = line["answer"]["desc_ramassage"]
        assert texts.keys() == {*WEEKDAYS, "message"}
        assert texts["samedi"] == texts["dimanche"] == ""
        for weekday in bags(line):
            named, _, until = TEXT.fullmatch(texts[weekday]).groups()
            assert named.lower() == WEEKDAYS[WEEKDAYS.index(weekday) - 1]
            assert (until == "20") == bool(texts["message"])


def test_some_streets_are_axes_with_evening_rounds(lines: list[Line]) -> None:
    evening = {line["street_fr"] for line in lines if line["answer"]["desc_ramassage"]["message"]}
    assert {"Chaussée d'Ixelles", "Boulevard Anspach", "Chaussée de Wavre"} <= evening


def test_green_bags_go_every_other_week_from_march_to_november_on_a_day_with_a_round(lines: list[Line]) -> None:
    for line in lines:
        days = [date.fromisoformat(text) for text in line["answer"]["SacsVerts"]]
        assert {WEEKDAYS[day.weekday()] for day in days} <= bags(line).keys()
        for year in (2026, 2027):
            own = [day for day in days if day.year == year]
            assert (own[0].month, own[-1].month) == (3, 11)
            assert {b - a for a, b in pairwise(own)} == {timedelta(days=14)}
        assert len({day.year for day in days}) == 2


def test_holidays_are_the_legal_ones_on_days_with_rounds(days_off: list[dict[str, Any]]) -> None:
    legal = holidays.country_holidays("BE", years=(2026, 2027))
    assert [each["date"] for each in days_off] == sorted(day for day in legal if day.weekday() < 5)


def test_a_moved_round_comes_on_the_nearest_free_day(days_off: list[dict[str, Any]]) -> None:
    for each in days_off:
        assert each["names"].keys() == {"fr", "nl", "en"}
        if each["moved_to"] is not None:
            assert each["moved_to"].weekday() == 5
            assert abs(each["moved_to"] - each["date"]) <= timedelta(days=4)
    assert [each["date"] for each in days_off if each["moved_to"] is None] == [date(2026, 1, 1), date(2027, 1, 1)]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            "blue: mon, yellow: thu, orange: thu,\n    green: thu",
            "blue: sat, yellow: thu, orange: thu,\n    green: thu",
            "blue",
        ),
        ("weeks: odd}\n  bruxelles-b", "weeks: odd, pink: mon}\n  bruxelles-b", "pink"),
        ('"1000": [{to: 104, zone: bruxelles-soir}', '"1000": [{zone: bruxelles-soir}', "`to` has to rise"),
        ('"1020": [{zone: laeken-soir}]', '"1020": [{zone: ixelles-a}]', "ixelles-a is not a zone of 1020"),
        ("{odd: molenbeek-b, even: molenbeek-a}", "{odd: molenbeek-b}", "both odd and even"),
        (
            "white: [wed], blue: mon, yellow: wed, orange: wed, green: wed",
            "white: [wed], blue: mon, yellow: wed, orange: wed, green: fri",
            "green on fri",
        ),
    ],
)
def test_facts_that_contradict_each_other_are_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    text = rounds_facts.FACTS_FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "rounds.yml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RoundFactsError, match=reason):
        rounds_facts.load(file)
