from pathlib import Path

import pytest
import yaml

from evaluation.costs import Costs

_ROOT = Path(__file__).resolve().parents[3]
COSTS = Costs()


def test_what_costs_most_comes_first_however_rare(pair):
    pairs = [pair("waste_sorting", "waste_calendar")] * 5 + [pair("city_emergency", "thank"), pair("thank", "thank")]
    assert [(each.wanted, each.times, each.cost) for each in COSTS.confusions(pairs)] == [
        ("city_emergency", 1, 20),
        ("waste_sorting", 5, 5),
    ]


def test_the_dearer_of_the_two_intents_counts():
    assert COSTS.of("thank", "affirm") == COSTS.understood["affirm"]
    assert COSTS.of("city_emergency", "affirm") == COSTS.meant["city_emergency"]


def test_turned_down_costs_a_part_of_it():
    assert COSTS.of("waste_sorting", "nlu_fallback") == COSTS.of("waste_sorting", "out_of_scope") == COSTS.rejected
    assert COSTS.of("city_emergency", "nlu_fallback") == pytest.approx(20 * COSTS.rejected)


def test_right_ones_cost_nothing(pair):
    pairs = [pair("thank", "thank"), pair("out_of_scope", "nlu_fallback")]
    assert COSTS.confusions(pairs) == []
    assert COSTS.per_hundred(pairs) == 0
    assert COSTS.per_hundred([*pairs, pair("waste_sorting", "thank"), pair("thank", "thank")]) == 25


def test_every_intent_with_a_cost_is_known_to_the_assistant():
    domain = yaml.safe_load((_ROOT / "domain.yml").read_text(encoding="utf-8"))
    known = {next(iter(each)) if isinstance(each, dict) else each for each in domain["intents"]}
    assert set(COSTS.meant) | set(COSTS.understood) <= known
