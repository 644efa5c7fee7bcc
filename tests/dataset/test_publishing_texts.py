"""What is said of publishing exists in every language, with the same facts."""

from __future__ import annotations

import re
import string

import yaml

from kit.languages import LANGUAGES
from services.publishing.errors import TEXTS


def _texts(language: str) -> dict[str, set[str]]:
    texts = yaml.safe_load((TEXTS / f"{language}.yml").read_text(encoding="utf-8"))["texts"]
    return {name: {field for _, field, _, _ in string.Formatter().parse(text) if field} for name, text in texts.items()}


def test_every_language_says_the_same_things_with_the_same_facts():
    assert _texts("fr") == _texts("nl") == _texts("en")


def test_every_text_is_used():
    root = TEXTS.parents[1]
    code = "\n".join(path.read_text(encoding="utf-8") for path in (root / "services").rglob("*.py"))
    assert not [name for name in _texts(LANGUAGES[0]) if not re.search(rf"[\"']{name}[\"']", code)]
