"""What the helper says of the assistant's texts: what a question is called, who owns an answer, how long it holds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kit.languages import LANGUAGES, Language
from services.common.fresh import Fresh
from services.desk.texts import TextsError, content

#: By language and text.
Entries = Mapping[Language, Mapping[str, Mapping[str, Any]]]

#: Owns what frames other texts: sentences put together, buttons.
_EVERYBODY: Final = "city"


@dataclass(frozen=True)
class Approval:
    """What is known about an answer's texts: the team that owns them, where they come from, until when they hold."""

    owner: str
    sources: tuple[str, ...] = ()
    valid_until: str | None = None


class Approved:
    """The assistant's texts as the desk needs them; they are read again when one changes."""

    def __init__(self, responses: Path, questions: Path, monotonic: Callable[[], float] = time.monotonic) -> None:
        """``responses``: folder of the texts; ``questions``: file with the text that names each question.

        Raises TextsError.
        """
        self._questions: Mapping[str, str] = content(questions).get("questions") or {}

        def read() -> Entries:
            entries = {language: _entries(responses / language) for language in LANGUAGES}
            for intent, text_id in self._questions.items():
                for language in LANGUAGES:
                    if not isinstance(entries[language].get(text_id, {}).get("text"), str):
                        raise TextsError(f"{questions}: {intent}: no text {text_id} in {language}")
            return entries

        self._fresh = Fresh(read, lambda: responses.glob("*/*.yml"), TextsError, monotonic)

    @property
    def entries(self) -> Entries:
        """Everything that is written of each text in each language; another object after each change."""
        return self._fresh.value

    def question(self, intent: str | None, language: Language) -> str | None:
        """Return what a question is called; None for what is no question, such as a greeting."""
        text_id = self._questions.get(intent or "")
        return str(self.entries[language][text_id]["text"]) if text_id else None

    def texts(self) -> Iterator[tuple[str, Mapping[Language, Mapping[str, Any]]]]:
        """Yield every text's id and what is written of it in each language."""
        entries = self.entries
        for text_id in entries[LANGUAGES[0]]:
            yield text_id, {language: entries[language].get(text_id, {}) for language in LANGUAGES}

    def about(self, text_ids: Iterable[str], language: Language) -> Approval:
        """Return what is known about an answer; its owner is that of the first text that is not everybody's."""
        entries = self.entries[language]
        found = [entries[each] for each in text_ids if each in entries]
        owners = [str(each["owner"]) for each in found if each.get("owner")]
        sources = dict.fromkeys(str(each["source"]) for each in found if each.get("source"))
        ends = sorted(str(each["valid_until"]) for each in found if each.get("valid_until"))
        owner = next((each for each in owners if each != _EVERYBODY), _EVERYBODY)
        return Approval(owner, tuple(sources), ends[0] if ends else None)


def _entries(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for path in sorted(folder.glob("*.yml")):
        found.update(content(path).get("replies") or {})
    return found
