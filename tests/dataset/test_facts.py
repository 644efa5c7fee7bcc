"""The development set of facts: they stand in its sentences, which neither train nor measure."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from evaluation import development, heldout
from kit.languages import LANGUAGES
from kit.text import fold

_ROOT = Path(__file__).resolve().parents[2]
_SHORT_WORDS = 2

SENTENCES = development.load()


def _domain(section: str) -> set[str]:
    domain = yaml.safe_load((_ROOT / "domain.yml").read_text(encoding="utf-8"))
    return {next(iter(item)) if isinstance(item, dict) else item for item in domain[section]}


def test_every_fact_stands_in_its_sentence() -> None:
    absent = [(each.text, value) for each in SENTENCES for _, value in each.facts if fold(value) not in fold(each.text)]
    assert absent == []


def test_intents_and_entities_are_the_domains() -> None:
    assert {each.intent for each in SENTENCES} <= _domain("intents")
    assert {name for each in SENTENCES for name, _ in each.facts} <= _domain("entities")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_trains_or_measures(language: str) -> None:
    files = (_ROOT / "data" / "nlu" / language).glob("*.yml")
    items = (item for file in files for item in yaml.safe_load(file.read_text(encoding="utf-8")).get("nlu", ()))
    known = {fold(line.strip().removeprefix("- ")) for item in items for line in item["examples"].splitlines()}
    known |= {fold(each.text) for each in heldout.load() if each.language == language}
    shared = [each.text for each in SENTENCES if each.language == language and fold(each.text) in known]
    assert [text for text in shared if len(text.split()) > _SHORT_WORDS] == []
