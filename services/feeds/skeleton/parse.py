"""Reads an answer with benches: what is sound is yielded, what is not is reported with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from services.feeds.errors import UnexpectedContentError
from services.feeds.http import Fetched
from services.feeds.skeleton.model import Bench

#: Told of each bench that is left out: file, line (None: the answer has none), reason.
Report = Callable[[str, int | None, str], None]

_FILE: Final = "benches.json"


def parse(fetched: Fetched, problem: Report) -> Iterator[Bench]:
    """Yield the benches; raises UnexpectedContentError where the answer is not a list of benches at all."""
    content = fetched.json()
    entries = content.get("benches") if isinstance(content, dict) else None
    if not isinstance(entries, list) or not entries:
        raise UnexpectedContentError(f"{fetched.url}: no benches in the answer")
    for position, entry in enumerate(entries):
        try:
            yield _bench(entry)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            problem(_FILE, None, f"bench {position}: {type(error).__name__}: {error}")


def _bench(entry: Any) -> Bench:
    names = entry["name"]
    fr, nl = (names.get("fr") or "").strip(), (names.get("nl") or "").strip()
    if not fr and not nl:
        raise ValueError("no name")
    lat, lon = float(entry["lat"]), float(entry["lon"])
    if not (49 < lat < 52 and 2 < lon < 7):
        raise ValueError(f"{lat}, {lon} is not in Belgium")
    return Bench(str(entry["id"]), fr or nl, nl or fr, lat, lon)
