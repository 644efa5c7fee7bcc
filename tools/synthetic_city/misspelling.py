"""Misspells names by chance: letters too many, missing, wrong, or swapped with their neighbour."""

from __future__ import annotations

import random
import string
from typing import Final

_KINDS: Final = ("insert", "delete", "substitute", "transpose")


def misspelt(name: str, edits: int, chance: random.Random) -> str:
    """Return a name with so many edits at letters, each of a kind and at a place of its own by chance."""
    for _ in range(edits):
        letters = [at for at, character in enumerate(name) if character.isalpha()]
        if not letters:
            break
        name = _edited(name, chance.choice(letters), chance.choice(_KINDS), chance.choice(string.ascii_lowercase))
    return name


def _edited(name: str, at: int, kind: str, letter: str) -> str:
    if kind == "insert":
        return name[:at] + letter + name[at:]
    if kind == "delete":
        return name[:at] + name[at + 1 :]
    if kind == "substitute":
        return name[:at] + letter + name[at + 1 :]
    first = at if at + 1 < len(name) else max(at - 1, 0)
    return name[:first] + name[first + 1 : first + 2] + name[first] + name[first + 2 :]
