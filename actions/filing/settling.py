"""Which place is meant among candidates that are not called exactly so, and the house number that stands after it."""

from __future__ import annotations

import re
from typing import Final

from actions.city.models import Place
from actions.places.resolution import Resolution
from kit.text import fold

#: One word is in many names.
_TWO: Final = 2


def surely(written: str, found: Resolution) -> Place | None:
    """Return the one candidate that is meant, whatever else is said: by its full name, or by all the words written.

    "Au coin de la rue Blaes" names the rue Blaes, "place Flagey" the place Eugène Flagey. What is taken is shown before
    it is sent.
    """
    if found.problem != "misspelt":
        return None
    said, words = f" {fold(written)} ", set(fold(written).split())
    by_words = [each for each in found.candidates if any(words <= set(fold(name).split()) for name in _names(each))]
    by_name = [each for each in found.candidates if any(f" {fold(name)} " in said for name in _names(each))]
    if len(words) >= _TWO and len(by_words) == 1:
        return by_words[0]
    return by_name[0] if len(by_name) == 1 else None


def number_after(written: str, place: Place) -> str | None:
    """Return the house number that stands right after a street's name in a text."""
    said = fold(written)
    number = r"(?:n |nr |no |numero |nummer )?(\d{1,4}[a-z]?)\b"
    matches = (re.search(rf"\b{re.escape(fold(name))} {number}", said) for name in _names(place))
    return next((match[1].upper() for match in matches if match), None)


def _names(place: Place) -> tuple[str, str]:
    return place.name.fr, place.name.nl
