"""What is ready for operators: canned answers and the names of teams, in each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kit.languages import LANGUAGES, Language
from services.desk.texts import TextsError, content


@dataclass(frozen=True)
class Canned:
    """An answer that is ready, in each language."""

    id: str
    titles: Mapping[Language, str]
    texts: Mapping[Language, str]


def canned(folder: Path) -> Sequence[Canned]:
    """Return the answers of ``<folder>/<language>.yml``. Raises TextsError where a language lacks one."""
    found = {}
    for language in LANGUAGES:
        found[language] = content(folder / f"{language}.yml").get("canned") or {}
    first = found[LANGUAGES[0]]
    for language in LANGUAGES:
        if other := sorted(first.keys() ^ found[language].keys()):
            raise TextsError(f"{folder / language}.yml: other answers than in {LANGUAGES[0]}.yml: {', '.join(other)}")
    try:
        return [
            Canned(
                str(answer_id),
                {language: str(found[language][answer_id]["title"]) for language in LANGUAGES},
                {language: str(found[language][answer_id]["text"]) for language in LANGUAGES},
            )
            for answer_id in first
        ]
    except (KeyError, TypeError) as error:
        raise TextsError(f"{folder}: each answer needs a title and a text") from error


def teams(path: Path) -> Mapping[str, Mapping[Language, str]]:
    """Return the teams by their ids, each with its names. Raises TextsError."""
    found = content(path).get("teams") or {}
    try:
        return {str(team): {language: str(names[language]) for language in LANGUAGES} for team, names in found.items()}
    except (KeyError, TypeError) as error:
        raise TextsError(f"{path}: a team lacks its name in a language: {error}") from error
