"""The texts that the channel says by itself, from ``data/telegram/<language>.yml``, and its commands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import yaml

from kit.languages import LANGUAGES, OFFICIAL, Language

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class TextsError(ValueError):
    """Texts that cannot be used; the message names the file and the text."""


@dataclass(frozen=True)
class Command:
    """A command of the menu: what it asks the assistant, as words or as a question's name."""

    name: str
    intent: str | None
    #: The words under which it is said, and, without an intent, by which it is understood.
    words: dict[Language, str]
    description: dict[Language, str]


class Texts:
    """The texts in the three languages."""

    def __init__(self, folder: Path) -> None:
        """Read the folder; raises TextsError where a text is missing in a language."""
        content = {language: _content(folder / f"{language}.yml") for language in LANGUAGES}
        self._texts: dict[Language, dict[str, str]] = {}
        for language in LANGUAGES:
            replies = content[language].get("replies", {})
            self._texts[language] = {key: str(entry["text"]).strip() for key, entry in replies.items()}
        _same({language: set(self._texts[language]) for language in LANGUAGES}, folder, "replies")
        told = {language: content[language].get("commands", {}) for language in LANGUAGES}
        order = _content(folder / "commands.yml").get("commands", {})
        _same({language: set(told[language]) for language in LANGUAGES}, folder, "commands")
        if set(order) != set(told["fr"]):
            raise TextsError(f"{folder / 'commands.yml'}: other commands than in fr.yml")
        self.commands = [
            Command(
                name,
                (entry or {}).get("intent"),
                {language: told[language][name]["words"] for language in LANGUAGES},
                {language: told[language][name]["description"] for language in LANGUAGES},
            )
            for name, entry in order.items()
        ]

    def say(self, text_id: str, language: Language, **params: object) -> str:
        """Return a text in a language."""
        return self._texts[language][text_id].format(**params)

    def both(self, text_id: str, language: Language | None, **params: object) -> str:
        """Return a text; in both official languages while the reader's is not known."""
        return "\n\n".join(self.say(text_id, each, **params) for each in spoken(language))


def spoken(language: Language | None) -> tuple[Language, ...]:
    """Return the languages to speak: the one that is known, else both official ones."""
    return (language,) if language else OFFICIAL


def _same(found: dict[Language, set[str]], folder: Path, key: Literal["replies", "commands"]) -> None:
    every = set().union(*found.values())
    for language in LANGUAGES:
        missing = sorted(every - found[language])
        if missing:
            raise TextsError(f"{folder / language}.yml: {key}: missing {', '.join(missing)}")


def _content(path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TextsError(f"{path}: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict):
        raise TextsError(f"{path}: expected a mapping")
    return content
