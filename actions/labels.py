"""Words for cards, which travel as plain data: a reply's text without parameters, read from ``data/responses``.

Everything that is said goes through the Rasa server's generator instead; only cards never pass it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import yaml

from kit.languages import Language

_FOLDER: Final = Path(__file__).parents[1] / "data" / "responses"


def label(reply_id: str, language: Language | None) -> str:
    """Return a reply's text, in French while the language is not known; raises KeyError where there is none."""
    return _labels(language or "fr")[reply_id]


@cache
def _labels(language: Language) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted((_FOLDER / language).glob("*.yml")):
        replies = yaml.safe_load(path.read_text(encoding="utf-8"))["replies"]
        found.update({reply_id: entry["text"] for reply_id, entry in replies.items() if isinstance(entry["text"], str)})
    return found
