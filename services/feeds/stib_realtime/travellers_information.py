"""Reads TravellersInformation: messages about works, diversions and disturbances."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from services.feeds.stib_realtime.entries import EntryError, entries, inner, text
from services.feeds.stib_realtime.model import Report, TravellerMessage

NAME: Final = "TravellersInformation"
_LANGUAGES: Final = ("fr", "nl", "en")


def messages(content: bytes, report: Report) -> list[TravellerMessage]:
    """Return the messages of an answer, those with the same words once, with all their lines and points.

    The source repeats a message for each line and each group of points. One bad entry leaves the others. Raises
    UnexpectedContentError.
    """
    found: dict[tuple[tuple[str, str], ...], TravellerMessage] = {}
    for number, entry in entries(content, NAME, report):
        try:
            message = _message(entry)
        except EntryError as error:
            report(NAME, number, str(error))
            continue
        same = tuple(sorted(message.texts.items()))
        found[same] = _both(found[same], message) if same in found else message
    return list(found.values())


def _message(entry: Mapping[str, Any]) -> TravellerMessage:
    texts = _texts(inner(entry, "content"))
    if not texts:
        raise EntryError("content: no text in any language")
    priority = entry.get("priority")
    return TravellerMessage(
        texts=texts,
        lines=_ids(inner(entry, "lines"), "lines"),
        points=_ids(inner(entry, "points"), "points"),
        priority=priority if isinstance(priority, int) and not isinstance(priority, bool) else None,
    )


def _texts(parts: list[Any]) -> dict[str, str]:
    """Return the words by language, those of several parts one after the other."""
    words: dict[str, list[str]] = {}
    for part in parts:
        for text_of in part.get("text") or () if isinstance(part, Mapping) else ():
            for language in _LANGUAGES:
                written = text_of.get(language) if isinstance(text_of, Mapping) else None
                if isinstance(written, str) and written.strip():
                    words.setdefault(language, []).append(" ".join(written.split()))
    return {language: "\n".join(dict.fromkeys(said)) for language, said in words.items()}


def _ids(found: list[Any], name: str) -> tuple[str, ...]:
    if not all(isinstance(each, Mapping | str | int) for each in found):
        raise EntryError(f"{name}: not a list of ids")
    return tuple(dict.fromkeys(text(each, "id") if isinstance(each, Mapping) else str(each).strip() for each in found))


def _both(one: TravellerMessage, other: TravellerMessage) -> TravellerMessage:
    priorities = [each.priority for each in (one, other) if each.priority is not None]
    return TravellerMessage(
        texts=one.texts,
        lines=tuple(dict.fromkeys((*one.lines, *other.lines))),
        points=tuple(dict.fromkeys((*one.points, *other.points))),
        priority=min(priorities, default=None),
    )
