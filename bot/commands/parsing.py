"""``python -m bot parse``: what a model understands of sentences, as JSON lines, in process and without servers."""

from __future__ import annotations

import argparse
import itertools
import json
import logging
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TextIO

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.log_utils import configure_structlog

from bot.channels.city import harmless
from kit import wire
from kit.languages import as_language

_RANKED: Final = 3


class InputError(ValueError):
    """A line of the input is not a JSON object with a text."""


def run(options: argparse.Namespace) -> int:
    """Parse a file or standard input and return the exit code."""
    configure_structlog(logging.ERROR)
    if not options.model.is_file():
        print(f"{options.model}: no such model", file=sys.stderr)
        return 1
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[attr-defined]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[attr-defined]
    try:
        if options.file == "-":
            return _parse_all(options.model, sys.stdin, options.batch)
        with Path(options.file).open(encoding="utf-8", errors="replace") as file:
            return _parse_all(options.model, file, options.batch)
    except (InputError, OSError) as error:
        print(f"cannot parse: {error}", file=sys.stderr)
        return 1


def _parse_all(model: Path, lines: TextIO, batch: int) -> int:
    agent = Agent.load(model)
    asked = _read(lines)
    while items := list(itertools.islice(asked, batch)):
        for answer in understand(agent, items):
            print(_as_line(answer), flush=True)
    return 0


def understand(agent: Agent, asked: Sequence[tuple[str, str | None]]) -> list[dict[str, Any]]:
    """Return what an agent understands of residents' texts, in the shape of ``bxl parse``.

    Each comes with its conversation's language so far. All of them go through the model's parts together, which takes
    less time than one by one.
    """
    processor: Any = agent.processor
    messages = [
        UserMessage(harmless(text), metadata={wire.META_LANGUAGE: language} if language else None)
        for text, language in asked
    ]
    inputs = {PLACEHOLDER_MESSAGE: messages, PLACEHOLDER_TRACKER: DialogueStateTracker("parsed", [])}
    target = processor.model_metadata.nlu_target
    found = processor.graph_runner.run(inputs=inputs, targets=[target])[target]
    return [
        _as_answer(*each, parsed.as_dict(only_output_properties=True))
        for each, parsed in zip(asked, found, strict=True)
    ]


def _as_answer(text: str, language: str | None, parsed: dict[str, Any]) -> dict[str, Any]:
    # Only characters before the first letter or digit may be missing.
    missing = len(text) - len(harmless(text)) if any(map(str.isalnum, text)) else 0
    parsed = {"entities": [], "intent": {"name": None, "confidence": 0.0}, **parsed}
    shown = [e["value"] for e in parsed["entities"] if e["entity"] == wire.LANGUAGE_ENTITY]
    return {
        "text": text,
        "language": shown[0] if shown else as_language(language),
        "intent": parsed["intent"]["name"],
        "confidence": round(parsed["intent"]["confidence"], 4),
        "entities": [
            {
                "entity": each["entity"],
                "value": each["value"],
                "start": each["start"] + missing,
                "end": each["end"] + missing,
            }
            for each in parsed["entities"]
            if each["entity"] != wire.LANGUAGE_ENTITY
        ],
        "ranking": [
            [each["name"], round(each["confidence"], 4)] for each in (parsed.get("intent_ranking") or [])[:_RANKED]
        ],
    }


def _read(lines: TextIO) -> Iterator[tuple[str, str | None]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            text, language = item["text"], item.get("language")
        except (json.JSONDecodeError, TypeError, KeyError, AttributeError) as error:
            raise InputError(f'line {number}: expected {{"text": …, "language"?: …}}: {error!r}') from error
        if not isinstance(text, str) or not isinstance(language, str | None):
            raise InputError(f"line {number}: text and language are strings")
        yield text, language


def _as_line(answer: dict[str, Any]) -> str:
    line = json.dumps(answer, ensure_ascii=False)
    # Half a surrogate pair, which JSON can hold and UTF-8 cannot.
    return line if line.isprintable() else json.dumps(answer)
