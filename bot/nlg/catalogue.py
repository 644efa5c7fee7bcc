"""The reply texts of all languages, read from ``data/responses/<lang>/<topic>.yml`` and again when a file changes.

A file holds ``replies:``, one entry an id: ``text`` (one string, or one a plural category: ``{one: …, other: …}``),
``owner``, and optionally ``source`` and ``valid_until``. The same id in two files of a language is an error, not an
override.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from kit.languages import LANGUAGES, Language

log = logging.getLogger(__name__)

#: A reply's text by plural category (CLDR); a text without plurals has only ``other``.
Forms = dict[str, str]
Texts = dict[Language, dict[str, Forms]]

#: libyaml's where it is there: all texts are read while residents wait.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: How often the files are looked at, however much is said.
_LOOK_EVERY_S: Final = 1.0


class CatalogueError(ValueError):
    """A file of reply texts that cannot be used; the message names file and reply."""


@dataclass(frozen=True)
class _State:
    """What the files were like when they were last looked at."""

    files: tuple[tuple[str, int, int], ...]


class Catalogue:
    """The texts in use; a change that cannot be read leaves the texts before in use."""

    def __init__(self, folder: Path, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Read the texts below a folder; raises CatalogueError."""
        self._folder = folder
        self._monotonic = monotonic
        self._looked_at = monotonic()
        self._state = _look(folder)
        self._texts = read_texts(folder)

    def forms(self, reply_id: str, language: Language) -> Forms | None:
        """Return the text of a reply, or None where there is no such reply."""
        return self._texts[language].get(reply_id)

    def refresh(self) -> None:
        """Read the texts again where a file has changed a moment ago or earlier."""
        now = self._monotonic()
        if now - self._looked_at < _LOOK_EVERY_S:
            return
        self._looked_at = now
        state = _look(self._folder)
        if state == self._state:
            return
        self._state = state
        try:
            self._texts = read_texts(self._folder)
        except CatalogueError as error:
            log.error("reply texts not reloaded, the ones before stay in use: %s", error)


def read_texts(folder: Path) -> Texts:
    """Return the texts of all languages; raises CatalogueError."""
    return {language: _read_language(folder / language) for language in LANGUAGES}


def reply_ids(folder: Path) -> set[str]:
    """Return the ids of all replies; raises CatalogueError."""
    return {reply_id for texts in read_texts(folder).values() for reply_id in texts}


def _look(folder: Path) -> _State:
    stats = ((str(path), path.stat()) for path in sorted(folder.glob("*/*.yml")))
    return _State(tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats))


def _read_language(folder: Path) -> dict[str, Forms]:
    texts: dict[str, Forms] = {}
    for path in sorted(folder.glob("*.yml")):
        for reply_id, entry in _replies(path).items():
            if reply_id in texts:
                raise CatalogueError(f"{path}: {reply_id} is also in another file of this language")
            texts[reply_id] = _forms(path, reply_id, entry)
    return texts


def _replies(path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CatalogueError(f"{path}: {' '.join(str(error).split())}") from error
    replies = content.get("replies") if isinstance(content, dict) else None
    if not isinstance(replies, dict):
        raise CatalogueError(f"{path}: expected the key 'replies' with one entry a reply")
    return replies


def _forms(path: Path, reply_id: str, entry: Any) -> Forms:
    text = entry.get("text") if isinstance(entry, dict) else None
    if isinstance(text, str) and text.strip():
        return {"other": text.strip()}
    if isinstance(text, dict) and "other" in text and all(isinstance(form, str) for form in text.values()):
        return {str(category): form.strip() for category, form in text.items()}
    raise CatalogueError(f"{path}: {reply_id} needs 'text': a sentence, or one a plural form with 'other'")
