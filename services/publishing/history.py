"""What went live, and what did not: who did it, why and when. One JSON object a line, never changed afterwards."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

from services.publishing.errors import of_os

What = Literal["publish", "rollback"]
Outcome = Literal["live", "refused", "cut off"]

_SECONDS: Final = "seconds"


@dataclass(frozen=True)
class Entry:
    """One attempt; ``said`` is why it was refused. One of which no end is known was cut off, or is under way."""

    id: str
    at: str
    who: str
    what: What
    model: str
    before: str | None
    why: str
    outcome: Outcome = "cut off"
    said: str = ""


class History:
    """Appends to the history of one assistant, and reads it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self, at: datetime, what: What, model: str, before: str | None, *, who: str, why: str) -> Entry:
        """Write down that somebody begins. Raises PublishingError."""
        entry = Entry(uuid.uuid4().hex, at.isoformat(timespec=_SECONDS), who, what, model, before, why)
        self._append({key: value for key, value in asdict(entry).items() if key not in ("outcome", "said")})
        return entry

    def end(self, entry: Entry, at: datetime, outcome: Outcome, said: str = "") -> None:
        """Write down how it ended. Raises PublishingError."""
        self._append({"id": entry.id, "at": at.isoformat(timespec=_SECONDS), "outcome": outcome, "said": said})

    def entries(self) -> list[Entry]:
        """Return every attempt, the latest first; a line that cannot be read is left out. Raises PublishingError."""
        found: dict[str, Entry] = {}
        for line in self._lines():
            number = str(line["id"])
            if "outcome" in line and number in found:
                found[number] = replace(found[number], outcome=line["outcome"], said=str(line.get("said", "")))
            elif "what" in line:
                given = {key: line.get(key) for key in ("at", "who", "what", "model", "before", "why")}
                found[number] = Entry(id=number, **given)  # type: ignore[arg-type]
        return list(reversed(found.values()))

    def _lines(self) -> Iterator[dict[str, Any]]:
        try:
            content = self.path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return
        except OSError as error:
            raise of_os(error, self.path) from error
        for line in content.splitlines():
            try:
                item = json.loads(line)
            except ValueError:  # the end of a line that a full disk has cut
                continue
            if isinstance(item, dict) and "id" in item:
                yield item

    def _append(self, content: dict[str, Any]) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab") as file:
                # After what a full disk has cut, a line of its own.
                file.write(b"" if self._ends_well() else b"\n")
                file.write(json.dumps(content, ensure_ascii=False).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise of_os(error, self.path) from error

    def _ends_well(self) -> bool:
        with self.path.open("rb") as file:
            if not file.seek(0, os.SEEK_END):
                return True
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"
