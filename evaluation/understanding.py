"""What the trained model makes of sentences, by the same command that people pipe through."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Understood:
    """The answer of ``bxl parse`` to one sentence."""

    language: str | None
    intent: str
    confidence: float
    entities: list[dict[str, Any]]
    ranking: list[tuple[str, float]]


def parse(model: Path, texts: Iterable[str], *, python: Path = _ROOT / ".venv-rasa/bin/python") -> list[Understood]:
    """Return what the model understands of each text, at a conversation's start.

    Raises RuntimeError where the parser fails.
    """
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    command = [str(python), "-m", "bot", "parse", "--model", str(model), "-"]
    done = subprocess.run(command, cwd=_ROOT, input=lines, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise RuntimeError(f"the parser ended with exit code {done.returncode}: {done.stderr[-2000:]}")
    return [_understood(json.loads(line)) for line in done.stdout.splitlines()]


def _understood(answer: dict[str, Any]) -> Understood:
    return Understood(
        language=answer["language"],
        intent=answer["intent"],
        confidence=answer["confidence"],
        entities=answer["entities"],
        ranking=[(intent, confidence) for intent, confidence in answer["ranking"]],
    )
