"""No damage to a timetable gives anything but an import or a refusal, and one that is refused leaves the old one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from kit.clock import FixedClock
from services.city.core.database import make_engine
from services.city.core.migrate import upgrade
from services.city.models import Dataset
from services.importers.base import ImportRefusedError
from services.importers.gtfs import GtfsImporter
from tests.integration.city import gtfs
from tests.integration.city.conftest import NOW

CLOCK = FixedClock(NOW)
Files = dict[str, bytes]
Damage = Callable[[Files], Files]

#: Fields that hold something else than they should.
VALUES = st.one_of(
    st.sampled_from(["", " ", "-1", "0", "2", "4", "8", "99999999999999999999", "1e309", "nan", "inf", "50.8,4.3"]),
    st.sampled_from(["25:61:00", "999:00:00", "-0:10:00", "00000000", "20261331", "99991231", "00010101"]),
    st.sampled_from(
        ["flagey", "81-early", "\0", '"', '""', "a,b", "\r", "\n", "½", "٣", "\u202e", "\ufeff", "é" * 300]
    ),
)
NAMES = st.sampled_from(sorted(gtfs.FEED))
PLACES = st.integers(0, 10_000)


def lines_of(files: Files, name: str) -> list[bytes]:
    return files.get(name, b"").splitlines(keepends=True) or [b""]


def with_lines(files: Files, name: str, lines: list[bytes]) -> Files:
    return {**files, name: b"".join(lines)}


def flipped(name: str, place: int, byte: int) -> Damage:
    """One byte is another."""

    def damage(files: Files) -> Files:
        content = bytearray(files.get(name, b""))
        if content:
            content[place % len(content)] = byte
        return {**files, name: bytes(content)}

    return damage


def field(name: str, line: int, column: int, value: str) -> Damage:
    """One field holds something else."""

    def damage(files: Files) -> Files:
        lines = lines_of(files, name)
        fields = lines[line % len(lines)].rstrip(b"\n").split(b",")
        fields[column % len(fields)] = value.encode()
        lines[line % len(lines)] = b",".join(fields) + b"\n"
        return with_lines(files, name, lines)

    return damage


def swapped(name: str, line: int, one: int, other: int) -> Damage:
    """Two fields of a line change places; of the header too."""

    def damage(files: Files) -> Files:
        lines = lines_of(files, name)
        fields = lines[line % len(lines)].rstrip(b"\n").split(b",")
        a, b = one % len(fields), other % len(fields)
        fields[a], fields[b] = fields[b], fields[a]
        lines[line % len(lines)] = b",".join(fields) + b"\n"
        return with_lines(files, name, lines)

    return damage


def dropped(name: str, line: int) -> Damage:
    """A line is missing; of the header too."""

    def damage(files: Files) -> Files:
        lines = lines_of(files, name)
        return with_lines(files, name, lines[: line % len(lines)] + lines[line % len(lines) + 1 :])

    return damage


def doubled(name: str, line: int) -> Damage:
    """A line is there twice."""
    return lambda files: with_lines(files, name, _doubled(lines_of(files, name), line))


def _doubled(lines: list[bytes], line: int) -> list[bytes]:
    at = line % len(lines)
    return [*lines[: at + 1], lines[at], *lines[at + 1 :]]


def cut(name: str, place: int) -> Damage:
    """A file ends too early."""
    return lambda files: {**files, name: files.get(name, b"")[: place % (len(files.get(name, b"")) + 1)]}


def missing(name: str) -> Damage:
    """A file is not there."""
    return lambda files: {other: content for other, content in files.items() if other != name}


def instead(name: str, other: str) -> Damage:
    """A file has another one's content."""
    return lambda files: {**files, name: files.get(other, b"")}


def recoded(name: str, encoding: str) -> Damage:
    """A file is in another encoding."""
    return lambda files: {**files, name: files.get(name, b"").decode(errors="replace").encode(encoding, "replace")}


DAMAGES = st.one_of(
    st.builds(flipped, NAMES, PLACES, st.integers(0, 255)),
    st.builds(field, NAMES, PLACES, PLACES, VALUES),
    st.builds(swapped, NAMES, PLACES, PLACES, PLACES),
    st.builds(dropped, NAMES, PLACES),
    st.builds(doubled, NAMES, PLACES),
    st.builds(cut, NAMES, PLACES),
    st.builds(missing, NAMES),
    st.builds(instead, NAMES, NAMES),
    st.builds(recoded, NAMES, st.sampled_from(["utf-16", "latin-1", "utf-8-sig", "cp037"])),
)


def packed(files: Files) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


WHOLE: Files = {name: text.encode() for name, text in gtfs.FEED.items()}
ZIPPED = packed(WHOLE)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("fuzz")
    engine = make_engine(f"sqlite:///{folder / 'city.db'}")
    upgrade(engine)
    (folder / "whole.zip").write_bytes(ZIPPED)
    GtfsImporter().run(engine, folder / "whole.zip", CLOCK)
    yield engine
    engine.dispose()


def in_use(engine: Engine) -> list[tuple[int, str]]:
    with Session(engine) as session:
        return [(dataset.id, dataset.status) for dataset in session.scalars(select(Dataset))]


def imports_or_refuses(engine: Engine, path: Path, *, force: bool) -> None:
    """Import the feed; whichever way it goes, one version is in use, and no other is left."""
    before = in_use(engine)
    try:
        GtfsImporter().run(engine, path, CLOCK, force=force)
    except ImportRefusedError:
        assert in_use(engine) == before
    else:
        ((_, status),) = in_use(engine)
        assert status == "active"


EXAMPLES = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@EXAMPLES
@given(damages=st.lists(DAMAGES, min_size=1, max_size=4), force=st.booleans())
@example(damages=[], force=False)
def test_damaged_files(engine: Engine, tmp_path: Path, damages: list[Damage], force: bool) -> None:
    files = WHOLE
    for damage in damages:
        files = damage(files)
    path = tmp_path / "feed.zip"
    path.write_bytes(packed(files))
    imports_or_refuses(engine, path, force=force)


@EXAMPLES
@given(
    changes=st.lists(st.tuples(st.integers(0, len(ZIPPED) - 1), st.integers(0, 255)), max_size=6),
    end=st.one_of(st.none(), st.integers(0, len(ZIPPED))),
    force=st.booleans(),
)
def test_damaged_zips(
    engine: Engine, tmp_path: Path, changes: list[tuple[int, int]], end: int | None, force: bool
) -> None:
    content = bytearray(ZIPPED)
    for place, byte in changes:
        content[place] = byte
    path = tmp_path / "feed.zip"
    path.write_bytes(content[:end])
    imports_or_refuses(engine, path, force=force)
