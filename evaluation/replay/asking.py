"""Asks both models the same questions at the same time, each in processes of its own, and each question once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from evaluation.replay.questions import Question
from evaluation.understanding import Understood, parse_lines
from kit.languages import Language

#: More processes of one model would want more memory than they save time; fewer questions than this are one's work.
_MOST: Final = 4
_FEWEST: Final = 500
#: Lines that go through a model together.
_BATCH: Final = 50

Asked = tuple[str, Language | None]


def understood(
    models: Sequence[Path], questions: Sequence[Question], processors: int | None = None
) -> list[list[Understood]]:
    """Return, for each model, what it understands of each question. Raises RuntimeError where one cannot be used."""
    lines = list(dict.fromkeys((each.text, each.language) for each in questions))
    parts = _parts(lines, len(models), processors or len(os.sched_getaffinity(0)))
    with ThreadPoolExecutor(len(models) * len(parts)) as threads:
        works = [
            [threads.submit(parse_lines, model, [_line(*each) for each in part], batch=_BATCH) for part in parts]
            for model in models
        ]
        answers = [[each for work in of_model for each in work.result()] for of_model in works]
    places = {line: place for place, line in enumerate(lines)}
    return [[found[places[each.text, each.language]] for each in questions] for found in answers]


def _parts(lines: list[Asked], models: int, processors: int) -> list[list[Asked]]:
    count = max(1, min(_MOST, processors // models, len(lines) // _FEWEST))
    size = -(-len(lines) // count)
    return [lines[start : start + size] for start in range(0, len(lines), size)]


def _line(text: str, language: Language | None) -> dict[str, str]:
    return {"text": text, "language": language} if language else {"text": text}
