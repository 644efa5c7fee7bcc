"""How what people write is compared with the names of lines, stops and destinations."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from typing import Final, TypeVar

from rapidfuzz import fuzz, process

from kit.text import fold

#: What people write before a line's number, in three languages.
_BEFORE_A_NUMBER: Final = re.compile(
    r"^(?:(?:the|la|le|de) )?(?:(?:line|ligne|lijn|tramway|tram|bus|metro|train|trein)(?: (?=\S)|(?=\d)))+"
)
_LEADING_NOUGHTS: Final = re.compile(r"(?<!\d)0+(?=\d)")
_LONGEST: Final = 120

#: Least likeness (0 to 100) of a misspelt destination, and of what is suggested for a name that is not known.
_MISSPELT: Final = 80.0
_ALIKE: Final = 55.0

Key = TypeVar("Key", bound=Hashable)


def line_key(written: str) -> str:
    """Return what tells a line's name from others: ``"Tram 81"`` is ``"81"``, ``"N 04"`` is ``"n4"``."""
    number = _BEFORE_A_NUMBER.sub("", fold(written[:_LONGEST]))
    return _LEADING_NOUGHTS.sub("", number.replace(" ", ""))


def meant(written: str, names: Mapping[Key, Iterable[str]]) -> set[Key]:
    """Return what is meant by a written name, among things with folded names, in whatever language.

    The very name wins, then names that hold all the words ("midi" for "gare du midi"), then the likeliest spelling.
    """
    wanted = fold(written[:_LONGEST])
    if not wanted:
        return set()
    of_name: dict[str, set[Key]] = {}
    for key, folded_names in names.items():
        for name in folded_names:
            of_name.setdefault(name, set()).add(key)
    if wanted in of_name:
        return of_name[wanted]
    words = set(wanted.split())
    found = [keys for name, keys in of_name.items() if words <= set(name.split())]
    if not found:
        alike = process.extract(wanted, list(of_name), scorer=fuzz.ratio, limit=None, score_cutoff=_MISSPELT)
        best = alike[0][1] if alike else 0.0
        found = [of_name[name] for name, score, _ in alike if score == best]
    return set[Key]().union(*found)


def most_alike(written: str, names: Mapping[str, Key], most: int, least: float = _ALIKE) -> list[Key]:
    """Return the things with the most similar folded names, best first, each once; ``least`` is from 0 to 100."""
    wanted = fold(written[:_LONGEST])
    found = process.extract(wanted, list(names), scorer=fuzz.WRatio, limit=most * 6, score_cutoff=least)
    found.sort(key=lambda each: (each[1], fuzz.ratio(wanted, each[0])), reverse=True)
    return list(dict.fromkeys(names[name] for name, _, _ in found))[:most]
