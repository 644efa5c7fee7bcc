"""The sample's rules are equal in their languages, agree with the sample's other data, and hold one at a time."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest
import yaml

from services.city.waste.rounds import FRACTIONS
from services.city.waste.rules.facts import RuleFacts, Topic
from services.cli import paths

NOW = date(2026, 11, 23)


@pytest.fixture(scope="module")
def rules() -> list[RuleFacts]:
    text = (paths.SAMPLE_CITY / "waste" / "rules" / "rules.yml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)["rules"]
    return [RuleFacts.model_validate(rule) for rule in found]


def test_every_topic_has_a_rule_that_holds_now(rules: list[RuleFacts]) -> None:
    assert {rule.topic for rule in rules if rule.holds_on(NOW)} == set(get_args(Topic))


def test_every_bag_is_explained_once(rules: list[RuleFacts]) -> None:
    bags = [fraction for rule in rules if rule.topic == "bags" and rule.holds_on(NOW) for fraction in rule.fractions]
    assert sorted(bags) == sorted(FRACTIONS)


def test_every_bag_has_a_price_or_says_where_it_is_shown(rules: list[RuleFacts]) -> None:
    assert {bag for rule in rules if rule.topic == "price" for bag in rule.fractions} == set(FRACTIONS)


def test_rules_with_one_title_follow_each_other_and_never_hold_together(rules: list[RuleFacts]) -> None:
    for one in rules:
        for other in rules:
            if one is not other and (one.topic, one.title) == (other.topic, other.title):
                assert not one.holds_on(other.valid_from), (one.id, other.id)


def test_texts_differ_and_are_of_a_length(rules: list[RuleFacts]) -> None:
    for rule in rules:
        texts = [rule.text.fr, rule.text.nl, rule.text.en]
        assert len(set(texts)) == 3, rule.id
        assert max(map(len, texts)) < 1.8 * min(map(len, texts)), rule.id


def test_an_amount_is_in_the_text(rules: list[RuleFacts]) -> None:
    for rule in rules:
        said = "€" in rule.text.fr
        assert said == (rule.amount is not None), rule.id
        assert said == ("€" in rule.text.nl) == ("€" in rule.text.en), rule.id


def test_communes_of_rules_exist(rules: list[RuleFacts]) -> None:
    text = (paths.SAMPLE_CITY / "communes" / "communes.yml").read_text(encoding="utf-8")
    known = {commune["id"] for commune in yaml.safe_load(text)["communes"]}
    assert {rule.commune for rule in rules if rule.commune} <= known
