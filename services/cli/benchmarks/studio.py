"""The studio: how long it takes to group the questions of some weeks.

The questions are made of the training sentences, with slips of the finger; every third has no guess.
"""

from __future__ import annotations

import random
import re
import time
from datetime import datetime
from typing import Final

import psutil
import yaml

from kit.clock import BRUSSELS
from kit.languages import LANGUAGES, Language
from services.cli import paths
from services.cli.benchmarks import Row
from services.studio.inbox.grouping import grouped
from services.studio.inbox.questions import Question
from tools.synthetic_city.misspelling import misspelt

_SEED: Final = 1830
_QUESTIONS: Final = 50_000
_MOST_SLIPS: Final = 3
_MIB: Final = 1 << 20
_MARKUP: Final = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def run() -> list[Row]:
    """Measure."""
    questions = _questions(random.Random(_SEED))  # noqa: S311 - the same questions each time
    before = psutil.Process().memory_info().rss
    begun = time.perf_counter()
    groups = grouped(questions)
    took_s = time.perf_counter() - begun
    wordings = sum(len(each.wordings) for each in groups)
    more = (psutil.Process().memory_info().rss - before) / _MIB
    return [
        Row(f"grouping {len(questions):,} questions", f"{took_s:.1f} s", "≤ 30 s"),
        Row(
            "different texts, groups, wordings", f"{len({q.text for q in questions}):,}, {len(groups):,}, {wordings:,}"
        ),
        Row("memory that it takes", f"{more:.0f} MiB"),
    ]


def _questions(chance: random.Random) -> list[Question]:
    known = [(language, *each) for language in LANGUAGES for each in _sentences(language)]
    at = datetime(2026, 11, 24, 8, 15, tzinfo=BRUSSELS)
    found = []
    for number in range(_QUESTIONS):
        language, intent, sentence = chance.choice(known)
        text = misspelt(sentence, chance.randrange(_MOST_SLIPS), chance)
        found.append(
            Question(
                id=str(number),
                text=text,
                language=language,
                at=at,
                channel="web",
                intent=intent,
                guess=intent if number % 3 else None,
                second=None,
                confidence=0.4,
                outcome="clarified",
                reasons=frozenset({"not_understood"}),
            )
        )
    return found


def _sentences(language: Language) -> list[tuple[str, str]]:
    found = []
    for file in sorted((paths.ROOT / "data/nlu" / language).glob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8")).get("nlu", []):
            if "intent" in block:
                lines = (line.strip().removeprefix("- ") for line in block["examples"].splitlines())
                found += [(block["intent"], _MARKUP.sub(r"\1", line)) for line in lines if line]
    return found
