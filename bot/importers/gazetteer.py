"""Reads the gazetteer: every name that the assistant has to know, as the city façade exports it.

``{"names": [{"id": "stop:flagey", "kind": "stop", "fr": ["Flagey"], "nl": ["Flagey"]}, …], "lines": ["81", …]}``
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

from bot.importers import lookups
from bot.importers.errors import DataFileError

KINDS: Final = ("street", "stop", "commune", "locality")
LINE: Final = "line"


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
        for language in ("fr", "nl"):
            spellings = entry.get(language) or []
            names[kind].update([spellings] if isinstance(spellings, str) else spellings)
    names[LINE].update(str(line) for line in content.get("lines") or [])
    return [
        lookups.table(sorted(name for name in found if name.strip()), lookups.GAZETTEER, kind)
        for kind, found in sorted(names.items())
        if found
    ]
