"""What stops a model from going live, in words for people who know nothing of models (``data/publishing``)."""

from __future__ import annotations

import errno
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from kit.languages import LANGUAGES, Language

TEXTS: Final = Path(__file__).resolve().parents[2] / "data" / "publishing"


class PublishingError(Exception):
    """Something is refused or has failed; the model that is live stays so. ``code`` is a text's id."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(said(code, "en", **facts))
        self.code = code
        self.facts = facts


def said(code: str, language: Language, **facts: Any) -> str:
    """Return what a code means, in a language."""
    return _texts()[language][code].format_map(facts)


def of_os(error: OSError, path: Path) -> PublishingError:
    """Return what an error of the file system means."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return PublishingError("disk_full")
    return PublishingError("not_written", path=path, why=error.strerror or type(error).__name__)


@cache
def _texts() -> dict[Language, dict[str, str]]:
    return {
        language: yaml.safe_load((TEXTS / f"{language}.yml").read_text(encoding="utf-8"))["texts"]
        for language in LANGUAGES
    }
