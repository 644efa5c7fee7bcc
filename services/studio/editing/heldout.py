"""The sentences by which understanding is measured: nothing of them is told but that a sentence is one of them."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from kit.text import fold
from services.studio.editing.edits import AddTest
from services.studio.editing.errors import BrokenFileError

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: So short a message has one way of being written; nobody can write it apart.
_SHORT_WORDS: Final = 2


class HeldOut:
    """The held-out sentences below a folder; only their hashes are kept in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: tuple[tuple[object, ...], frozenset[bytes]] | None = None
        self._lock = threading.Lock()

    def has(self, sentence: str) -> bool:
        """Tell whether a sentence is one of them, however it is spelt."""
        return len(sentence.split()) > _SHORT_WORDS and _hash(sentence) in self._hashes()

    def _hashes(self) -> frozenset[bytes]:
        with self._lock:
            paths = sorted(self._folder.glob("*/*.yml"))
            stamp = tuple((path, path.stat().st_mtime_ns) for path in paths)
            if self._known is None or self._known[0] != stamp:
                self._known = (stamp, frozenset(_hash(text) for path in paths for text in _texts(path)))
            return self._known[1]


#: Which file a sentence to test with belongs to, by how its intent's name begins.
_TOPICS: Final = {"waste_": "waste", "transport_": "transport", "permit_": "permits", "city_": "city"}


def topic_of(intent: str) -> str:
    """Return the topic of an intent's sentences to test with."""
    if intent == "out_of_scope":
        return intent
    return next((topic for start, topic in _TOPICS.items() if intent.startswith(start)), "conversation")


def added(content: str, edit: AddTest) -> str:
    """Return a file's content with one more sentence at its end; the same where it is there. Raises BrokenFileError."""
    path = edit.file.path
    try:
        items = yaml.load(content, Loader=_LOADER) or []  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise BrokenFileError(path, "not YAML") from error
    if not isinstance(items, list):
        raise BrokenFileError(path, "expected a list", 1)
    if any(isinstance(each, dict) and each.get("text") == edit.text for each in items):
        return content
    text = json.dumps(edit.text, ensure_ascii=False)  # a string of JSON is one of YAML
    end = "" if not content or content.endswith("\n") else "\n"
    return f"{content}{end}- text: {text}\n  intent: {edit.intent}\n"


def _texts(path: Path) -> Iterator[str]:
    content: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    for item in content or ():
        if isinstance(item, dict) and isinstance(item.get("text"), str):
            yield item["text"]


def _hash(sentence: str) -> bytes:
    return hashlib.sha256(fold(sentence).encode()).digest()
