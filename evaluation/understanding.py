"""What the trained model makes of sentences, by the same command that people pipe through."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
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
    took_ms: float = 0.0


def parse(model: Path, texts: Iterable[str], *, python: Path = _ROOT / ".venv-rasa/bin/python") -> list[Understood]:
    """Return what the model understands of each text, at a conversation's start, and how long that took.

    Raises RuntimeError where the parser fails. The first answer's time is that of loading the model.
    """
    return parse_lines(model, ({"text": text} for text in texts), batch=1, python=python)


def parse_lines(
    model: Path,
    lines: Iterable[Mapping[str, str]],
    *,
    batch: int,
    python: Path = _ROOT / ".venv-rasa/bin/python",
) -> list[Understood]:
    """Return the same of ``{text, language?}``, where the language is the conversation's so far.

    Of lines that are parsed in one batch, the first one's time is that of all of them.
    """
    with tempfile.TemporaryDirectory() as folder:
        file, errors = Path(folder) / "texts.jsonl", Path(folder) / "errors.txt"
        file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        command = [str(python), "-m", "bot", "parse", "--model", str(model), "--batch", str(batch), str(file)]
        with (
            errors.open("w") as told,
            subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=told, text=True) as parser,  # noqa: S603
        ):
            answers = list(_timed(parser.stdout or ()))
        if parser.returncode != 0:
            raise RuntimeError(f"the parser ended with exit code {parser.returncode}: {errors.read_text()[-2000:]}")
    return [_understood(json.loads(line), took_ms) for line, took_ms in answers]


def _timed(lines: Iterable[str]) -> Iterator[tuple[str, float]]:
    """Yield each line with the milliseconds since the one before."""
    before = time.perf_counter()
    for line in lines:
        now = time.perf_counter()
        yield line, 1000 * (now - before)
        before = now


def _understood(answer: dict[str, Any], took_ms: float) -> Understood:
    return Understood(
        language=answer["language"],
        intent=answer["intent"],
        confidence=answer["confidence"],
        entities=answer["entities"],
        ranking=[(intent, confidence) for intent, confidence in answer["ranking"]],
        took_ms=took_ms,
    )
