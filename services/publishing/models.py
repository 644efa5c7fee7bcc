"""Trained models as files: recorded when they are trained, found by name, and checked before they are used.

Beside ``<name>.tar.gz`` stands ``<name>.json`` with the SHA-256 of the file, written right after the training.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import tarfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from services.publishing.errors import PublishingError, of_os

SUFFIX: Final = ".tar.gz"
#: Without these, Rasa cannot load it.
_HOLDS: Final = frozenset({"metadata.json"})
_CHUNK: Final = 1 << 20
#: The shortest beginning of a name by which a model may be called.
_SHORTEST: Final = 4


@dataclass(frozen=True)
class Model:
    """A model that was found sound: its file is the one that was trained, and can be read to the end."""

    path: Path
    sha256: str
    unpacked_bytes: int

    @property
    def name(self) -> str:
        """The name that people call it by."""
        return name_of(self.path)


def name_of(path: Path) -> str:
    """Return a model's name: that of its file, without what says how it is packed."""
    return path.name.removesuffix(SUFFIX)


def record_of(path: Path) -> Path:
    """Return where a model's record is."""
    return path.with_name(f"{name_of(path)}.json")


def record(path: Path, at: datetime) -> None:
    """Write down what was trained. Raises OSError."""
    content = {"sha256": digest(path), "bytes": path.stat().st_size, "trained_at": at.isoformat(timespec="seconds")}
    partial = record_of(path).with_name(f".{record_of(path).name}.partial")
    partial.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    partial.replace(record_of(path))


def digest(path: Path) -> str:
    """Return the SHA-256 of a file. Raises OSError."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def as_recorded(path: Path) -> bool:
    """Tell whether there is a model that is the same as when it was trained."""
    try:
        return path.is_file() and _recorded(path) == digest(path)
    except OSError:
        return False


def find(called: str, folder: Path) -> Path:
    """Return the model that is called by its path, its name, or the beginning of its name. Raises PublishingError."""
    path = Path(called)
    if path.is_file():
        return path
    found = [each for each in every(folder) if name_of(each) == called]
    if not found and len(called) >= _SHORTEST:
        found = [each for each in every(folder) if name_of(each).startswith(called)]
    if len(found) > 1:
        raise PublishingError("model_ambiguous", model=called)
    if not found:
        raise PublishingError("model_missing", model=called)
    return found[0]


def every(folder: Path) -> list[Path]:
    """Return the models of a folder, the one that was used or trained last first."""
    return sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)


def checked(path: Path) -> Model:
    """Return the model, read to its end. Raises PublishingError, saying what is wrong with it."""
    name = name_of(path)
    if not path.is_file():
        raise PublishingError("model_missing", model=name)
    wanted = _recorded(path)
    if wanted is None:
        raise PublishingError("model_unrecorded", model=name)
    try:
        if digest(path) != wanted:
            raise PublishingError("model_changed", model=name)
        return Model(path, wanted, _unpacked(path))
    except (tarfile.TarError, zlib.error, EOFError) as error:
        raise PublishingError("model_unreadable", model=name) from error
    except OSError as error:
        if error.errno is None:  # gzip's own, which has no number
            raise PublishingError("model_unreadable", model=name) from error
        raise of_os(error, path) from error


def _recorded(path: Path) -> str | None:
    try:
        content: Any = json.loads(record_of(path).read_text(encoding="utf-8"))
        found = content["sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, str) else None


def _unpacked(path: Path) -> int:
    """Return how many bytes are inside; raises where it cannot be read, or is not a model."""
    size, names = 0, set()
    with gzip.open(path) as content, tarfile.open(fileobj=content, mode="r:") as archive:
        for member in archive:
            parts = Path(member.name).parts
            if member.name.startswith("/") or ".." in parts or not (member.isfile() or member.isdir()):
                raise tarfile.TarError(f"{member.name} does not belong into a model")
            names.add(Path(member.name).as_posix())
            size += member.size
        while content.read(_CHUNK):  # to the sum at the very end, behind what an archive reads
            pass
    if not names >= _HOLDS:
        raise tarfile.TarError("this is not a model")
    return size
