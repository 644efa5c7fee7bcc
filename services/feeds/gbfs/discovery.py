"""Reads the discovery file: at which address each file is, by language where there are several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.feeds.errors import UnexpectedContentError


def files(content: Any) -> dict[str, dict[str, str]]:
    """Return the addresses of files by language (``""`` where there are none) and name.

    Raises UnexpectedContentError where this is not a discovery file.
    """
    data = content.get("data") if isinstance(content, Mapping) else None
    if not isinstance(data, Mapping):
        raise UnexpectedContentError("gbfs.json: no data")
    parts = {"": data} if "feeds" in data else {str(k).lower()[:2]: v for k, v in data.items()}
    found = {}
    for language, part in parts.items():
        feeds = part.get("feeds") if isinstance(part, Mapping) else None
        if isinstance(feeds, list):
            named = [each for each in feeds if isinstance(each, Mapping)]
            found[language] = {
                each["name"]: each["url"]
                for each in named
                if isinstance(each.get("name"), str) and isinstance(each.get("url"), str)
            }
    return found


def address(found: dict[str, dict[str, str]], name: str, language: str = "fr") -> str:
    """Return the address of a file in a language, else in any; UnexpectedContentError where it is in none."""
    for each in (language, "", *found):
        if name in found.get(each, {}):
            return found[each][name]
    raise UnexpectedContentError(f"gbfs.json: no {name}")
