"""The held-out sentences: apart from the training sentences, enough of each, and about what the assistant knows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from evaluation import heldout
from kit.languages import LANGUAGES, Language
from kit.text import fold

_ROOT = Path(__file__).resolve().parents[2]
_LEAST = 12
#: So short a message ("oui", "merci beaucoup") has one way of being written; nobody can write it apart.
_SHORT_WORDS = 2

SENTENCES = heldout.load()


def _training(language: Language) -> set[str]:
    files = (_ROOT / "data" / "nlu" / language).glob("*.yml")
    items = (item for file in files for item in yaml.safe_load(file.read_text(encoding="utf-8")).get("nlu", ()))
    lines = (line for item in items for line in item["examples"].splitlines())
    return {fold(line.strip().removeprefix("- ")) for line in lines}


def _domain(section: str) -> set[str]:
    domain = yaml.safe_load((_ROOT / "domain.yml").read_text(encoding="utf-8"))
    return {next(iter(item)) if isinstance(item, dict) else item for item in domain[section]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_also_a_training_sentence(language: Language) -> None:
    trained = _training(language)
    shared = [
        each.text
        for each in SENTENCES
        if each.language == language and fold(each.text) in trained and len(each.text.split()) > _SHORT_WORDS
    ]
    assert shared == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_of_each_intent(language: Language) -> None:
    counts = Counter(each.intent for each in SENTENCES if each.language == language)
    few = {name: counts[name] for name in _domain("intents") - {"nlu_fallback"} if counts[name] < _LEAST}
    assert few == {}


def test_no_sentence_stands_twice() -> None:
    counts = Counter((each.language, fold(each.text)) for each in SENTENCES if fold(each.text))
    assert [key for key, count in counts.items() if count > 1] == []


def test_intents_and_entities_are_the_domains() -> None:
    assert {each.intent for each in SENTENCES} <= _domain("intents")
    assert {name for each in SENTENCES for name in each.entities} <= _domain("entities")
