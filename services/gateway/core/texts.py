"""The texts that the gateway says by itself, from ``data/gateway`` and ``data/responses``."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import yaml

from kit import wire
from kit.clock import BRUSSELS
from kit.languages import LANGUAGES, OFFICIAL, Language
from services.common.fresh import Fresh

_CONTACT: Final = "contact_city"
#: Files of ``data/responses/<lang>`` that hold what the gateway says in the assistant's words.
_BORROWED: Final = ("common.yml", "conversation.yml")
_NEEDED: Final = frozenset({_CONTACT, "utter_greet", "utter_something_wrong", "choice_try_again"})
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class TextsError(ValueError):
    """Texts that cannot be used; the message names the file and the text."""


@dataclass(frozen=True)
class Option:
    """A choice under the greeting, in one language."""

    label: str
    payload: str


class Texts:
    """The gateway's texts in the three languages; the Region's phone number fills ``{contact}`` wherever it stands.

    The assistant's words in them are read again when they change.
    """

    def __init__(self, responses: Path, own: Path, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Read both folders; raises TextsError where a text is missing in a language."""
        self._menu = _menu(own / "menu.yml")
        borrowed = {language: [responses / language / name for name in _BORROWED] for language in LANGUAGES}

        def read() -> dict[Language, dict[str, str]]:
            ours = {language: _read(own / f"{language}.yml") for language in LANGUAGES}
            texts = {language: {**_read(*borrowed[language]), **ours[language]} for language in LANGUAGES}
            needed = {text_id for each in ours.values() for text_id in each}
            needed |= {label for label, _ in self._menu} | _NEEDED
            for language in LANGUAGES:
                missing = sorted(needed - texts[language].keys())
                if missing:
                    raise TextsError(f"{own / language}.yml, {responses / language}: missing {', '.join(missing)}")
            return texts

        self._texts = Fresh(read, lambda: itertools.chain(*borrowed.values()), TextsError, monotonic)

    def say(self, text_id: str, language: Language, **params: object) -> str:
        """Return a text with its placeholders filled."""
        texts = self._texts.value[language]
        return texts[text_id].format(**{"contact": texts[_CONTACT], **params})

    def error(self, code: str, language: Language | None, **params: object) -> str:
        """Return what an error says; in both official languages while the reader's is not known."""
        return " / ".join(self.say(f"error_{code}", each, **params) for each in spoken(language))

    def menu(self, language: Language) -> list[Option]:
        """Return the choices under the greeting; choosing one also says in which language it was read."""
        said = json.dumps({wire.LANGUAGE_ENTITY: language})
        return [Option(self.say(label, language), f"/{intent}{said}") for label, intent in self._menu]


def spoken(language: Language | None) -> Sequence[Language]:
    """Return the languages to speak: the one that is known, else both official ones, French first."""
    return (language,) if language else OFFICIAL


def moment(at: datetime, language: Language, texts: Texts) -> str:
    """Return a day and a time of day in Brussels."""
    at = at.astimezone(BRUSSELS)
    return texts.say("moment", language, day=at.day, month=at.month, year=at.year, time=f"{at:%H:%M}")


def _read(*paths: Path) -> dict[str, str]:
    texts: dict[str, str] = {}
    for path in paths:
        replies = _content(path).get("replies")
        if not isinstance(replies, dict):
            raise TextsError(f"{path}: expected the key 'replies' with one entry a text")
        for text_id, entry in replies.items():
            text = entry.get("text") if isinstance(entry, dict) else None
            if isinstance(text, str):  # a text with plural forms is the dialogue engine's
                texts[str(text_id)] = text.strip()
    return texts


def _menu(path: Path) -> list[tuple[str, str]]:
    try:
        return [(str(item["label"]), str(item["intent"])) for item in _content(path)["menu"]]
    except (KeyError, TypeError) as error:
        raise TextsError(f"{path}: expected 'menu', a list of {{label, intent}}") from error


def _content(path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TextsError(f"{path}: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict):
        raise TextsError(f"{path}: expected a mapping")
    return content
