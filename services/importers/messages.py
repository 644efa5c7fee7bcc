"""Messages for travellers that somebody wrote: ``messages.yml``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Self

from pydantic import ConfigDict, Field, model_validator
from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from kit.clock import Clock
from services.city.core.datasets import ImportReport, Origin
from services.city.models.datasets import Dataset
from services.city.models.realtime import WrittenMessage
from services.city.models.transport import Line, StopPlace
from services.city.transport.realtime.forms import Message
from services.city.transport.realtime.store import MESSAGES_TOPIC
from services.city.transport.wording import STOP_PREFIX, line_id
from services.importers.base import ImportRefusedError, Progress, Version, new_version, silent, stated_origin
from services.importers.documents import YamlFile, each, read_yaml

_FILE: Final = "messages.yml"
#: French and Dutch are equal: a message is in both or it is not one.
_REQUIRED: Final = ("fr", "nl")


class WrittenFacts(Message):
    """A message as it stands in the file."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        missing = [language for language in _REQUIRED if not self.texts.get(language, "").strip()]
        if missing:
            raise ValueError(f"no text in {', '.join(missing)}")
        if not (self.lines or self.stops or self.modes or self.network):
            raise ValueError("about no line, stop, mode or network")
        return self


class MessagesImporter:
    """Brings the messages in, each checked as a whole; all of them may have been taken away."""

    name = "messages"

    def run(
        self,
        engine: Engine,
        path: Path,
        clock: Clock,
        progress: Progress = silent,
        *,
        feed: str | None = None,
        force: bool = False,
    ) -> ImportReport:
        """Import ``messages.yml``, or the one in a folder; see ``services.importers.base.Importer``."""
        file = read_yaml(path / _FILE if path.is_dir() else path)
        origin = stated_origin(file.path, Origin(feed or self.name, MESSAGES_TOPIC, "Messages for travellers"))
        with new_version(engine, origin, clock, compare=(), force=force) as version:
            messages = list(_sound(file, version))
            if version.report.problems and not messages:
                raise ImportRefusedError(f"{file.path}: not one message is sound")
            rows = [
                {"dataset_id": version.id, "position": position, "body": message.model_dump(mode="json")}
                for position, message in enumerate(messages)
            ]
            if rows:
                version.session.execute(insert(WrittenMessage), rows)
            version.report.counts = {"messages": len(messages)}
            version.valid_from = file.as_of
            progress(f"{len(messages)} messages")
        return version.report


def _sound(file: YamlFile, version: Version) -> Iterator[WrittenFacts]:
    seen: set[str] = set()
    lines, stops = _known(version.session)
    for message, line in each(file, "messages", WrittenFacts, version.report):
        if message.id in seen:
            version.report.problem(file.path.name, line, f"second message with the id {message.id!r}")
            continue
        seen.add(message.id)
        unknown = [named for named in message.lines if lines and named not in lines]
        unknown += [named for named in message.stops if stops and named not in stops]
        for written in unknown:
            version.report.problem(file.path.name, line, f"{message.id}: nothing is called {written!r}")
        yield message


def _known(session: Session) -> tuple[set[str], set[str]]:
    """Return the ids of the lines and stops in use; none before a timetable is imported."""
    active = select(Dataset.id).where(Dataset.status == "active")
    lines = {line_id(line) for line in session.scalars(select(Line).where(Line.dataset_id.in_(active)))}
    slugs = session.scalars(select(StopPlace.slug).where(StopPlace.dataset_id.in_(active)))
    return lines, {f"{STOP_PREFIX}{slug}" for slug in slugs}
