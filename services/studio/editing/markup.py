"""Marks of facts in training sentences, as Rasa reads them: ``[text](entity)`` or ``[text]{"entity": …}``."""

from __future__ import annotations

import json
import re
from collections.abc import Set
from typing import Final

_BEGUN: Final = re.compile(r"\[(?P<text>[^\[\]]*)\](?=[({])")
_ROUND: Final = re.compile(r"\((?P<entity>[^:(){}\s]+)(?::[^()]*)?\)")
_CURLY: Final = re.compile(r"\{[^{}]*\}")


def fault(sentence: str, entities: Set[str]) -> str | None:
    """Return the part of a sentence whose mark is not one, or names no fact of the domain's; None where all is well."""
    for begun in _BEGUN.finditer(sentence):
        rest = sentence[begun.end() :]
        whole = sentence[begun.start() : begun.end() + 40]
        round_ = _ROUND.match(rest)
        curly = _CURLY.match(rest)
        name = round_["entity"] if round_ else _named(curly[0]) if curly else None
        if not begun["text"].strip() or name not in entities:
            return whole
    return None


def plain(sentence: str) -> str:
    """Return a sentence without its marks."""
    return re.sub(r"\[([^\[\]]*)\](?:\([^()\s]*\)|\{[^{}]*\})", r"\1", sentence)


def _named(curly: str) -> str | None:
    try:
        found = json.loads(curly)
    except json.JSONDecodeError:
        return None
    name = found.get("entity")
    return name if isinstance(name, str) else None
