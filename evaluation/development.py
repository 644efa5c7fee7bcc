"""The development set of facts, ``tests/dataset/facts/<lang>.yml``: which facts are missed, sentence by sentence.

Anyone may read these sentences and mend the extractors with them, so their share proves nothing; ``tests/nlu`` does.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml
from rich.console import Console

from evaluation import understanding
from evaluation.resolution import Resolver
from kit.languages import LANGUAGES, Language

FOLDER: Final = Path(__file__).resolve().parents[1] / "tests" / "dataset" / "facts"
#: Facts whose value is one of a list: the set gives the words of the text, so that they were found is all it can tell.
LISTED: Final = frozenset(
    {"fraction", "mode", "permit_type", "facet", "vehicle", "fuel", "euro_norm", "category", "waste_item", "material"}
    | {"language", "operator", "line"}
)


@dataclass(frozen=True)
class Sentence:
    """A sentence and the facts in it, each as the text writes it; some are given more than once."""

    text: str
    language: Language
    intent: str
    facts: tuple[tuple[str, str], ...]


def load(folder: Path = FOLDER) -> list[Sentence]:
    """Return every sentence of the set."""
    return [
        Sentence(item["text"], language, item["intent"], tuple(_facts(item.get("entities") or {})))
        for language in LANGUAGES
        for item in yaml.safe_load((folder / f"{language}.yml").read_text(encoding="utf-8"))
    ]


def _facts(entities: dict[str, object]) -> list[tuple[str, str]]:
    """Return the facts; of a kind that is given more than once, the assistant takes the first."""
    return [(name, str(value[0] if isinstance(value, list) else value)) for name, value in entities.items()]


def show(console: Console, model: Path, gazetteer: Path) -> None:
    """Print each fact that is missed, and the share that is found, by language."""
    sentences, resolver = load(), Resolver(gazetteer)
    held: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for sentence, found in zip(sentences, understanding.parse(model, (each.text for each in sentences)), strict=True):
        for name, value in sentence.facts:
            asked[sentence.language] += 1
            got = [each["value"] for each in found.entities if each["entity"] == name]
            if (got and name in LISTED) or any(resolver.same(value, each, name) for each in got):
                held[sentence.language] += 1
            else:
                understood = {each["entity"]: each["value"] for each in found.entities}
                console.print(f"{sentence.text}\n  {name}: {value} -> {found.intent} {understood}", markup=False)
    for language in LANGUAGES:
        console.print(f"{language}: {held[language]} of {asked[language]} facts", markup=False)
