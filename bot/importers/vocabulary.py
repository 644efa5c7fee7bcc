"""Reads ``data/nlu/<lang>/vocabulary.yml``: the phrases by which a language names values, cues and decisive signals.

Shape of the file, each level optional::

    version: "3.1"
    vocabulary:            # entity -> value -> phrases; a value may have phrases in each language
      fraction:
        yellow: [sac jaune, jaune, papier carton]
    cues:                  # name -> phrases; what the pattern extractor needs to know of the language
      towards: [vers, direction]
    decisive:              # intent -> phrases that settle the intent on their own
      city_emergency: [odeur de gaz]
    abbreviations:         # word in names -> how it is shortened; "-str" shortens the end of a word
      avenue: [av, ave]
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

from bot.importers import lookups
from bot.importers.errors import DataFileError
from kit.languages import Language

FILE_NAME: Final = "vocabulary.yml"
_SECTIONS: Final = frozenset({"version", lookups.VOCABULARY, lookups.CUES, lookups.DECISIVE, lookups.ABBREVIATIONS})


def read_vocabulary(path: Path, language: Language) -> list[dict[str, Any]]:
    """Return the file's lists as lookup tables; raise DataFileError where the shape is wrong."""
    try:
        # BaseLoader reads every value as text: "on", "no" and "off" are words here, not truth values.
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - plain text only
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DataFileError(path, " ".join(str(error).split())) from error
    if not isinstance(content, dict):
        raise DataFileError(path, "expected a mapping with vocabulary, cues, decisive or abbreviations")
    unknown = sorted(set(content) - _SECTIONS)
    if unknown:
        raise DataFileError(path, f"unknown section {unknown[0]!r}; known are {', '.join(sorted(_SECTIONS))}")
    tables = []
    for entity, values in _mapping(path, content, lookups.VOCABULARY).items():
        if not isinstance(values, dict):
            raise DataFileError(path, f"vocabulary.{entity}: expected a mapping of value to phrases")
        for value, phrases in values.items():
            where = f"vocabulary.{entity}.{value}"
            tables.append(
                lookups.table(_phrases(path, where, phrases), lookups.VOCABULARY, language, str(entity), str(value))
            )
    for section in (lookups.CUES, lookups.DECISIVE, lookups.ABBREVIATIONS):
        for name, phrases in _mapping(path, content, section).items():
            tables.append(lookups.table(_phrases(path, f"{section}.{name}", phrases), section, language, str(name)))
    return tables


def _mapping(path: Path, content: dict[str, Any], section: str) -> dict[str, Any]:
    values = content.get(section) or {}
    if not isinstance(values, dict):
        raise DataFileError(path, f"{section}: expected a mapping")
    return values


def _phrases(path: Path, where: str, phrases: object) -> list[str]:
    if not isinstance(phrases, list) or not phrases:
        raise DataFileError(path, f"{where}: expected a list of phrases")
    for phrase in phrases:
        if not isinstance(phrase, str) or not phrase.strip():
            raise DataFileError(path, f"{where}: {phrase!r} is not a phrase")
    return [phrase.strip() for phrase in phrases]
