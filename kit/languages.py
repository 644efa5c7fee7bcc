"""The assistant's languages and how they are written in headers and names."""

from __future__ import annotations

from typing import Final, Literal, get_args

Language = Literal["fr", "nl", "en"]

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

#: The Region's two official languages, in the order in which they answer when the resident's is unclear.
OFFICIAL: Final[tuple[Language, ...]] = ("fr", "nl")

#: Each language's name for itself.
ENDONYMS: Final[dict[Language, str]] = {"fr": "Français", "nl": "Nederlands", "en": "English"}


def as_language(tag: object) -> Language | None:
    """Return the language of a BCP 47 tag (``"nl-BE"`` -> ``"nl"``), or None where it is not one of ours."""
    if not isinstance(tag, str):
        return None
    primary = tag.strip().lower().replace("_", "-").split("-", 1)[0]
    return primary if primary in LANGUAGES else None


def from_accept_language(header: str | None) -> Language | None:
    """Return the first of our languages in an ``Accept-Language`` header, by its weights (RFC 9110, 12.5.4)."""
    ranked: list[tuple[float, int, Language]] = []
    for position, item in enumerate((header or "").split(",")):
        tag, _, parameters = item.partition(";")
        language = as_language(tag)
        if language is None:
            continue
        weight = 1.0
        name, _, value = parameters.strip().partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                continue
        if weight > 0:
            ranked.append((-weight, position, language))
    return min(ranked)[2] if ranked else None
