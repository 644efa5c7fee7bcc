"""Reads the gazetteer: every name that the assistant has to know, as the city façade exports it.

``{"names": [{"id": "stop:flagey", "kind": "stop", "fr": ["Flagey"], "nl": ["Flagey"]}, …], "lines": ["81", …],
"postcodes": ["1050", …],
"things": [{"id": "pizza_box", "fr": ["boîte à pizza"], "nl": ["pizzadoos"], "en": ["pizza box"]}, …]}``; names of
landmarks are in English too, and ``things`` are the sorting guide's.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from bot.importers import lookups
from bot.importers.errors import DataFileError
from kit.languages import LANGUAGES

KINDS: Final = ("street", "stop", "commune", "locality", "landmark")
LINE: Final = "line"
POSTCODE: Final = "postcode"
#: The entity of a thing that is thrown away.
THING: Final = "waste_item"


def read_gazetteer(path: Path) -> list[dict[str, Any]]:
    """Return one lookup table a kind of place, with the names of both languages, and one of line numbers."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DataFileError(path, "not found; export it from the city façade (GET /v1/places/gazetteer)") from error
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DataFileError(path, f"not a JSON file: {error}") from error
    if not isinstance(content, dict) or not isinstance(content.get("names"), list):
        raise DataFileError(path, 'expected {"names": […], "lines": […]}')
    names: defaultdict[str, set[str]] = defaultdict(set)
    for position, entry in enumerate(content["names"]):
        kind = entry.get("kind") if isinstance(entry, dict) else None
        if kind not in KINDS:
            raise DataFileError(path, f"names[{position}]: kind {kind!r} is none of {', '.join(KINDS)}")
        for language in LANGUAGES:
            spellings = entry.get(language) or []
            names[kind].update([spellings] if isinstance(spellings, str) else spellings)
    names[LINE].update(str(line) for line in content.get("lines") or [])
    names[POSTCODE].update(str(code) for code in content.get("postcodes") or [])
    places = [
        lookups.table(sorted(name for name in found if name.strip()), lookups.GAZETTEER, kind)
        for kind, found in sorted(names.items())
        if found
    ]
    return places + list(_things(path, content.get("things") or []))


def _things(path: Path, things: object) -> Iterator[dict[str, Any]]:
    """Yield the things' names as values of the vocabulary."""
    for position, thing in enumerate(things if isinstance(things, list) else [None]):
        if not isinstance(thing, dict) or not isinstance(thing.get("id"), str):
            raise DataFileError(path, f'things[{position}]: expected {{"id": …, "fr": […], "nl": […], "en": […]}}')
        for language in LANGUAGES:
            names = [name for name in thing.get(language) or [] if name.strip()]
            if names:
                yield lookups.table(names, lookups.VOCABULARY, language, THING, thing["id"])
