"""The envelope that all STIB-MIVB data sets share: a list of results, with JSON written into strings within it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from services.feeds.errors import UnexpectedContentError
from services.feeds.stib_realtime.model import Report

#: Both spellings occur.
_TOTALS: Final = ("total_count", "totalCount")


class EntryError(Exception):
    """An entry, or a part of one, that does not say what it should; the message is the reason."""


def entries(content: bytes, name: str, report: Report) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the results of an answer with their numbers.

    Raises UnexpectedContentError where this is no such answer at all. An answer that says that it has more results
    than it holds is reported.
    """
    found, total = _results(content, name)
    if total is not None and total > len(found):
        report(name, None, f"{len(found)} of {total} results")
    for number, entry in enumerate(found, start=1):
        if isinstance(entry, Mapping):
            yield number, entry
        else:
            report(name, number, "not an object")


def inner(entry: Mapping[str, Any], *names: str) -> list[Any]:
    """Return a list that is a string of JSON within an entry, or a plain list; of several names the first there is.

    Raises EntryError.
    """
    value = first(entry, *names)
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise EntryError(f"{names[0]}: not JSON within the string") from error
    if value is None:
        return []
    if not isinstance(value, list):
        raise EntryError(f"{names[0]}: not a list")
    return value


def text(entry: Mapping[str, Any], *names: str) -> str:
    """Return an id or a name of an entry, which may be a number; raises EntryError where there is none."""
    value = first(entry, *names)
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        raise EntryError(f"{names[0]}: missing")
    return str(value).strip()


def first(entry: Mapping[str, Any], *names: str) -> Any:
    """Return the first of these fields that an entry has, or None."""
    return next((entry[name] for name in names if entry.get(name) is not None), None)


def _results(content: bytes, name: str) -> tuple[list[Any], int | None]:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnexpectedContentError(f"{name}: not JSON") from error
    if isinstance(answer, list):
        return answer, None
    if not isinstance(answer, dict) or not isinstance(answer.get("results"), list):
        raise UnexpectedContentError(f"{name}: no list of results")
    total = first(answer, *_TOTALS)
    return answer["results"], total if isinstance(total, int) else None
