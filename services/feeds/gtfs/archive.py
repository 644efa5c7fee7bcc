"""Finds a feed's text files in a zip or a folder, wherever in it they lie, and opens them safely."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final, Protocol

from services.feeds.gtfs.errors import UnusableFeedError


@dataclass(frozen=True)
class Limits:
    """How much a feed may unpack to. A zip entry cannot yield more than the size that its directory states."""

    file_bytes: int = 3 * 1024**3
    total_bytes: int = 6 * 1024**3
    ratio: int = 250  # timetables pack 5 to 40 times; deflate's own limit is about 1,000
    ratio_from_bytes: int = 10 * 1024**2  # small files may be as repetitive as they like


DEFAULT_LIMITS: Final = Limits()
_REQUIRED_ANYWHERE: Final = "stop_times.txt"


class Archive(Protocol):
    """The text files of one feed, by lower-case name."""

    def names(self) -> set[str]: ...

    def open(self, name: str) -> IO[bytes]: ...


class _FolderArchive:
    def __init__(self, files: dict[str, Path]) -> None:
        self._files = files

    def names(self) -> set[str]:
        return set(self._files)

    def open(self, name: str) -> IO[bytes]:
        return self._files[name].open("rb")


class _ZipArchive:
    def __init__(self, archive: zipfile.ZipFile, files: dict[str, zipfile.ZipInfo]) -> None:
        self._archive = archive
        self._files = files

    def names(self) -> set[str]:
        return set(self._files)

    def open(self, name: str) -> IO[bytes]:
        return self._archive.open(self._files[name])


@contextmanager
def open_archive(path: Path, limits: Limits = DEFAULT_LIMITS) -> Iterator[Archive]:
    """Open the feed at a path; raises UnusableFeedError, also for damage that shows only while reading."""
    if path.is_dir():
        files = {item.relative_to(path).as_posix(): item for item in sorted(path.rglob("*")) if item.is_file()}
        yield _FolderArchive({name: files[full] for name, full in _feed_files(list(files)).items()})
        return
    if not path.exists():
        raise UnusableFeedError("feed_not_found", f"There is no file or folder {path}.")
    try:
        with zipfile.ZipFile(path) as archive:
            entries = {info.filename: info for info in archive.infolist() if not info.is_dir()}
            chosen = {name: entries[full] for name, full in _feed_files(list(entries)).items()}
            _guard(chosen.values(), limits)
            yield _ZipArchive(archive, chosen)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise UnusableFeedError(*_why_not_a_zip(path, error)) from error
    except NotImplementedError as error:
        raise UnusableFeedError("unsupported_zip", f"{path.name} is packed in a way that cannot be read.") from error


def _feed_files(paths: list[str]) -> dict[str, str]:
    """Return full path by lower-case name of the .txt files in the folder that holds stop_times.txt."""
    candidates = [PurePosixPath(p) for p in paths if not _stray(p)]
    homes = sorted({p.parent for p in candidates if p.name.lower() == _REQUIRED_ANYWHERE}, key=lambda p: len(p.parts))
    if not homes:
        # With one missing file the others still tell where the feed lies, so that the right name is reported.
        homes = sorted({p.parent for p in candidates if p.name.lower() == "stops.txt"}, key=lambda p: len(p.parts))
    home = homes[0] if homes else PurePosixPath(".")
    return {p.name.lower(): str(p) for p in candidates if p.parent == home}


def _stray(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return not path.lower().endswith(".txt") or any(p.startswith((".", "__MACOSX")) for p in parts)


def _guard(entries: Iterable[zipfile.ZipInfo], limits: Limits) -> None:
    total = 0
    for info in entries:
        total += info.file_size
        if info.flag_bits & 0x1:
            raise UnusableFeedError("encrypted_zip", f"{info.filename} is encrypted.")
        if info.file_size > limits.file_bytes or total > limits.total_bytes:
            raise UnusableFeedError(
                "feed_too_large", f"{info.filename} unpacks to {info.file_size:,} bytes: too large."
            )
        if info.file_size > limits.ratio_from_bytes and info.file_size > limits.ratio * max(info.compress_size, 1):
            raise UnusableFeedError("zip_bomb", f"{info.filename} is packed more tightly than a timetable can be.")


def _why_not_a_zip(path: Path, error: Exception) -> tuple[str, str]:
    with path.open("rb") as file:
        start = file.read(512).lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"PK"):
        return "damaged_zip", f"{path.name} is damaged or was cut off before its end ({error})."
    if start[:1] == b"<":
        return "not_a_zip", f"{path.name} is a web page or XML, not a GTFS zip: its address may have changed."
    if not start:
        return "not_a_zip", f"{path.name} is empty."
    return "not_a_zip", f"{path.name} is not a zip file."
