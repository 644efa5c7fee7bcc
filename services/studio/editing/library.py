"""Everything that can be edited, as it is in the working copy now; a file is read again only when it has changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar, cast

import yaml

from kit.languages import LANGUAGES, Language
from services.studio.editing import replies, sentences
from services.studio.editing.errors import BrokenFileError
from services.studio.editing.files import File, Kind, file_of
from services.studio.editing.replies import Reply
from services.studio.editing.sentences import Block

T = TypeVar("T")

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Placed:
    """A sentence and where it stands."""

    text: str
    intent: str
    topic: str


@dataclass(frozen=True)
class Snapshot:
    """The data at one time; what could not be read is in ``broken`` and nowhere else."""

    blocks: Mapping[File, Sequence[Block]]
    replies: Mapping[File, Mapping[str, Reply]]
    broken: Sequence[BrokenFileError]
    #: As the domain has them, without those that nobody writes sentences for.
    intents: Sequence[str]
    entities: frozenset[str]

    @cached_property
    def sentences(self) -> Mapping[Language, Sequence[Placed]]:
        """Every sentence of each language, in the files' order."""
        found: dict[Language, list[Placed]] = {language: [] for language in LANGUAGES}
        for file, blocks in self.blocks.items():
            found[file.language] += [
                Placed(text, block.intent, file.topic) for block in blocks for text in block.sentences
            ]
        return found

    @cached_property
    def by_intent(self) -> Mapping[str, Mapping[Language, Sequence[Placed]]]:
        """The sentences of each intent in each language."""
        found: dict[str, dict[Language, list[Placed]]] = {
            intent: {language: [] for language in LANGUAGES} for intent in self.intents
        }
        for language, placed in self.sentences.items():
            for each in placed:
                found.setdefault(each.intent, {other: [] for other in LANGUAGES})[language].append(each)
        return found

    def topic_of(self, intent: str) -> str | None:
        """Return the topic that most of an intent's sentences stand in."""
        topics = [each.topic for placed in self.by_intent.get(intent, {}).values() for each in placed]
        return max(dict.fromkeys(topics), key=topics.count) if topics else None

    @cached_property
    def texts(self) -> Mapping[str, tuple[str, Mapping[Language, Reply]]]:
        """Each reply's topic and what is written of it in each language."""
        found: dict[str, tuple[str, dict[Language, Reply]]] = {}
        for file, entries in self.replies.items():
            for reply_id, reply in entries.items():
                found.setdefault(reply_id, (file.topic, {}))[1][file.language] = reply
        return found


class Library:
    """Reads the data of a repository."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[Path, tuple[tuple[int, int], object]] = {}
        self._lock = threading.Lock()
        self._last: tuple[tuple[object, ...], Snapshot] | None = None

    def look(self) -> Snapshot:
        """Return everything as it is now."""
        with self._lock:
            files = {kind: self._files(kind) for kind in ("nlu", "responses")}
            paths = [self._root / file.path for found in files.values() for file in found]
            paths.append(self._root / "domain.yml")
            stamp = tuple((path, _stamp(path)) for path in paths)
            if self._last is None or self._last[0] != stamp:
                self._last = (stamp, self._snapshot(files["nlu"], files["responses"]))
            return self._last[1]

    def _files(self, kind: Kind) -> list[File]:
        order = {language: place for place, language in enumerate(LANGUAGES)}
        paths = (self._root / "data" / kind).glob("*/*.yml")
        found = [file for path in paths if (file := file_of(path.relative_to(self._root).as_posix()))]
        return sorted(found, key=lambda file: (order[file.language], file.topic))

    def _snapshot(self, nlu: Sequence[File], responses: Sequence[File]) -> Snapshot:
        broken: list[BrokenFileError] = []

        def readable(files: Sequence[File], read: Callable[[str, str], T]) -> dict[File, T]:
            found = {}
            for file in files:
                try:
                    found[file] = self._one(file, read)
                except BrokenFileError as error:
                    broken.append(error)
            return found

        blocks, texts = readable(nlu, sentences.read), readable(responses, replies.read)
        domain = yaml.load((self._root / "domain.yml").read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506
        intents = [each for each in _names(domain.get("intents")) if each != "nlu_fallback"]
        return Snapshot(blocks, texts, broken, intents, frozenset(_names(domain.get("entities"))))

    def _one(self, file: File, read: Callable[[str, str], T]) -> T:
        path = self._root / file.path
        stamp = _stamp(path)
        known = self._read.get(path)
        if known is None or known[0] != stamp:
            try:
                content = path.read_bytes().decode("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise BrokenFileError(file.path, type(error).__name__) from error
            known = self._read[path] = (stamp, read(content, file.path))
        return cast("T", known[1])  # what the same function has read


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return (stat.st_mtime_ns, stat.st_size)


def _names(section: object) -> list[str]:
    entries = section if isinstance(section, list) else []
    return [str(next(iter(each))) if isinstance(each, dict) else str(each) for each in entries]
