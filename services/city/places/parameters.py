"""What the endpoints of places are asked with, checked: texts, kinds and points."""

from __future__ import annotations

import unicodedata
from http import HTTPStatus
from typing import Final, get_args

from kit.text import fold
from services.city.core.errors import CityError
from services.city.core.geo import is_point
from services.city.places.schemas import Kind

KINDS: Final[tuple[str, ...]] = get_args(Kind)


def search_text(q: str) -> str:
    """Return the text to search for, spaces made single.

    Raises CityError ``invalid_query`` where it holds control characters or has nothing that a name could have.
    """
    text = " ".join(q.split())
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        raise _invalid("invalid_query", "q holds control characters.")
    if not fold(text):
        raise _invalid("invalid_query", "q holds no Latin letter and no digit; names of places have some.")
    return text


def sentence(text: str) -> str:
    """Return a text as it is, since answers count its characters.

    Raises CityError ``invalid_query`` where it holds control characters other than line breaks and tabs.
    """
    if any(unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\r\t" for character in text):
        raise _invalid("invalid_query", "text holds control characters.")
    return text


def kinds_of(kinds: str | None) -> frozenset[str]:
    """Return the kinds of a list with commas; all of them where there is none.

    Raises CityError ``unknown_kind``, with the kinds there are as suggestions.
    """
    asked = [kind.strip() for kind in (kinds or "").split(",") if kind.strip()]
    unknown = next((kind for kind in asked if kind not in KINDS), None)
    if unknown is not None:
        raise CityError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "unknown_kind",
            f"There is no kind {unknown[:40]!r}; there are {', '.join(KINDS)}.",
            [{"kind": kind} for kind in KINDS],
        )
    return frozenset(asked or KINDS)


def point_of(near: str | None) -> tuple[float, float] | None:
    """Return latitude and longitude of ``"50.846,4.352"``; CityError ``invalid_point`` where it is none."""
    if near is None:
        return None
    lat, comma, lon = near.partition(",")
    try:
        point = float(lat), float(lon)
    except ValueError:
        point = None
    if not comma or point is None or not is_point(*point):
        raise _invalid("invalid_point", "near is a latitude and a longitude in degrees, such as 50.846,4.352.")
    return point


def _invalid(code: str, detail: str) -> CityError:
    return CityError(HTTPStatus.UNPROCESSABLE_ENTITY, code, detail)
