"""The texts of the screens, from ``data/desk/<language>.yml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

from kit.languages import LANGUAGES, Language

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class TextsError(ValueError):
    """Texts that cannot be used; the message names the file and the text."""


class Texts:
    """The texts in the three languages."""

    def __init__(self, folder: Path, *more: Path) -> None:
        """Read the folder, and those whose texts come beside; raises TextsError where one is missing in a language."""
        self._texts = {
            language: {key: text for each in (folder, *more) for key, text in _read(each / f"{language}.yml").items()}
            for language in LANGUAGES
        }
        every = set().union(*self._texts.values())
        for language in LANGUAGES:
            missing = sorted(every - self._texts[language].keys())
            if missing:
                raise TextsError(f"{(more or (folder,))[-1] / language}.yml: missing {', '.join(missing)}")

    def say(self, text_id: str, language: Language, **params: object) -> str:
        """Return a text; one with ``_one`` beside it is that where ``count`` is 1."""
        texts = self._texts[language]
        single = f"{text_id}_one"
        return texts[single if params.get("count") == 1 and single in texts else text_id].format(**params)


def _read(path: Path) -> dict[str, str]:
    texts = content(path).get("texts")
    if not isinstance(texts, dict):
        raise TextsError(f"{path}: expected the key 'texts' with one entry a text")
    return {str(text_id): str(text).strip() for text_id, text in texts.items()}


def content(path: Path) -> dict[str, Any]:
    """Return a file's mapping. Raises TextsError."""
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TextsError(f"{path}: {' '.join(str(error).split())}") from error
    if not isinstance(found, dict):
        raise TextsError(f"{path}: expected a mapping")
    return found
