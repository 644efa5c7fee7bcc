"""A caller's question at the desk: answered in two languages at once, in a conversation that is thrown away.

``{first, also, fresh}`` in a message's metadata: the caller's language or null while the words tell it, the operator's,
and whether nothing of what was said before counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kit.languages import OFFICIAL, Language, as_language
from kit.wire import META_HELP

FIRST: Final = "first"
ALSO: Final = "also"
FRESH: Final = "fresh"

Metadata = Mapping[str, Any] | None


def asked(first: Language | None, also: Language, *, fresh: bool) -> dict[str, Any]:
    """Return what a message's metadata says of a question at the desk."""
    return {FIRST: first, ALSO: also, FRESH: fresh}


def is_asked(metadata: Metadata) -> bool:
    """Tell whether a message is a question at the desk."""
    return isinstance((metadata or {}).get(META_HELP), Mapping)


def is_fresh(metadata: Metadata) -> bool:
    """Tell whether a message begins a question at the desk."""
    return bool(_read(metadata).get(FRESH))


def first(metadata: Metadata, known: Language | None) -> Language | None:
    """Return the caller's language: the one that was chosen at the desk, else the one that is known."""
    return as_language(_read(metadata).get(FIRST)) or known


def languages(metadata: Metadata, known: Language | None) -> tuple[Language, ...]:
    """Return the languages to answer in: the known one or both official ones, and at the desk the operator's."""
    said = (known,) if known else OFFICIAL
    also = as_language(_read(metadata).get(ALSO))
    return said if also is None or also in said else (*said, also)


def texts_in(value: Any) -> Iterator[str]:
    """Yield the ids of the texts that are nested in a reply's parameters (``kit.replies``), in their order."""
    if isinstance(value, Mapping):
        if value.get("t") == "reply":
            yield str(value["id"])
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_in(each)


def _read(metadata: Metadata) -> Mapping[str, Any]:
    found = (metadata or {}).get(META_HELP)
    return found if isinstance(found, Mapping) else {}
