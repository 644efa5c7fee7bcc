"""Whether two ways of writing a fact mean the same thing: the same street, stop or commune in the gazetteer."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

from kit.text import fold

_NUMBER = re.compile(r"\b\d{1,4}[a-z]?\b")


class Resolver:
    """Compares facts by the things that they name, in either language."""

    def __init__(self, gazetteer: Path) -> None:
        self._things: dict[str, set[str]] = defaultdict(set)
        for item in json.loads(gazetteer.read_text(encoding="utf-8"))["names"]:
            for name in (*item["fr"], *item["nl"], *item.get("en", ())):
                self._things[fold(name)].add(item["id"])

    def same(self, expected: str, found: str) -> bool:
        """Tell whether both name the same thing: equal once folded, or names of one thing with equal house numbers."""
        wanted, got = fold(expected), fold(found)
        if wanted == got:
            return True
        if _NUMBER.findall(wanted) != _NUMBER.findall(got):
            return False
        return bool(self._named(wanted) & self._named(got))

    def _named(self, folded: str) -> set[str]:
        return self._things.get(folded) or self._things.get(_NUMBER.sub("", folded).strip(), set())
