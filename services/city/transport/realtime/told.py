"""Who tells travellers something: a real-time source, or a file that somebody wrote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.city.core.schemas import Source, stated
from services.city.models.datasets import Dataset
from services.city.transport.realtime.forms import Message
from services.city.transport.realtime.snapshots import Snapshot
from services.city.transport.realtime.store import in_utc


@dataclass(frozen=True)
class Teller:
    """Messages of one source; ``made_at`` is None where they are not real time and hold as long as they say."""

    source: Source
    feed: str | None
    messages: tuple[Message, ...]
    as_of: datetime
    made_at: datetime | None

    def fresh(self, now: datetime, most_s: float) -> bool:
        """Tell whether what it says may be taken for the present."""
        return self.made_at is None or (now - self.made_at).total_seconds() <= most_s


def of_snapshots(snapshots: Iterable[Snapshot]) -> list[Teller]:
    """Return those of real-time sources that have messages."""
    return [
        Teller(each.stated, each.feed, each.messages, each.made_at, each.made_at)
        for each in snapshots
        if each.kind == "messages"
    ]


def of_file(dataset: Dataset, messages: Iterable[Message]) -> Teller:
    """Return the one of a data set of written messages."""
    imported_at = in_utc(dataset.imported_at)
    source, _ = stated([dataset], imported_at)
    return Teller(source, None, tuple(messages), imported_at, None)
