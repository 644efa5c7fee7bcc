"""Reads ``openaddress-*.csv``, alone, in a folder or zipped; line by line, so that a broken line costs only itself."""

from __future__ import annotations

import codecs
import csv
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, TypeVar

from services.feeds.best.columns import Columns, Street, checked_street
from services.feeds.best.coordinates import point
from services.feeds.best.model import AddressRow, UnusableFeedError

#: Told of each line that is left out: file, line (1 is the header), reason.
Sink = Callable[[str, int | None, str], None]

#: What a file may hold at most; the whole of Belgium is below a tenth of it. A zip can promise little and hold much.
LONGEST_LINE: Final = 16_384
MOST_LINES: Final = 20_000_000

_Found = TypeVar("_Found", str, Path)

_REQUIRED: Final = ("street_id", "house_number", "postcode", "streetname_fr", "streetname_nl", "municipality_name_fr")
_WGS84: Final = ("epsg:4326_lat", "epsg:4326_lon")
_LAMBERT72: Final = ("epsg:31370_x", "epsg:31370_y")
_HOUSE_NUMBER: Final = re.compile(r"[^0-9]{0,8}[0-9]{1,5}(?![0-9])", re.ASCII)
_LONGEST_NUMBER: Final = 24
#: A region has some thousand streets; the parts in different communes and postcodes count apart.
_MOST_REMEMBERED: Final = 100_000


def read_addresses(path: Path, sink: Sink) -> Iterator[AddressRow]:
    """Yield the addresses of a file in its order; lines at fault go to ``sink``.

    ``path`` is a CSV, a zip that holds one, or a folder that holds one. Raises UnusableFeedError where there is no
    such file, it lacks a column, it is not UTF-8, or it is larger than any such file (with the line).
    """
    with _opened(path) as (name, binary):
        lines = _decoded(name, binary)
        columns = _header(name, next(lines, (1, ""))[1])
        streets: dict[tuple[str, ...], Street] = {}
        for number, line in lines:
            if not line.strip(", \t\r\n"):
                continue
            try:
                yield _row(number, _fields(line, columns), columns, streets)
            except (ValueError, csv.Error) as error:
                sink(name, number, str(error))


@contextmanager
def _opened(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    try:
        if path.is_dir():
            path = _only([p for p in sorted(path.iterdir()) if p.suffix.lower() == ".csv"], path)
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                member = _only([n for n in archive.namelist() if n.lower().endswith(".csv")], path)
                with archive.open(member) as binary:
                    yield member, binary
        else:
            with path.open("rb") as binary:
                yield path.name, binary
    except (OSError, EOFError, RuntimeError, NotImplementedError, zlib.error, zipfile.BadZipFile) as error:
        raise UnusableFeedError(f"{path}: cannot be read: {error}") from error


def _only(found: list[_Found], where: Path) -> _Found:
    if len(found) != 1:
        raise UnusableFeedError(f"{where}: {len(found)} CSV files, not one")
    return found[0]


def _decoded(name: str, binary: IO[bytes]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(iter(lambda: binary.readline(LONGEST_LINE + 1), b""), start=1):
        if len(line) > LONGEST_LINE or number > MOST_LINES:
            limit = f"a line of more than {LONGEST_LINE:,} bytes" if number <= MOST_LINES else f"{MOST_LINES:,} lines"
            raise UnusableFeedError(f"{name}:{number}: not an address file: {limit}")
        try:
            yield number, line.removeprefix(codecs.BOM_UTF8 if number == 1 else b"").decode("utf-8")
        except UnicodeDecodeError as error:
            raise UnusableFeedError(f"{name}:{number}: not UTF-8 (byte {error.start + 1} of the line)") from error


def _header(name: str, line: str) -> Columns:
    found = {column.strip().lower(): index for index, column in enumerate(next(csv.reader([line]), []))}
    missing = [column for column in _REQUIRED if column not in found]
    if missing:
        raise UnusableFeedError(f"{name}:1: no column {', '.join(missing)}")
    if not all(c in found for c in _WGS84) and not all(c in found for c in _LAMBERT72):
        raise UnusableFeedError(
            f"{name}:1: no coordinates: neither {' and '.join(_WGS84)} nor {' and '.join(_LAMBERT72)}"
        )
    return Columns(found)


def _fields(line: str, columns: Columns) -> list[str]:
    if "\0" in line:
        raise ValueError("holds a NUL character")
    # Nearly no line has quotes, and splitting is several times as fast as a reader made for one line.
    values = next(csv.reader([line], strict=True)) if '"' in line else line.rstrip("\r\n").split(",")
    if len(values) != columns.count:
        raise ValueError(f"{len(values)} fields, not {columns.count}")
    return values


def _row(line: int, values: list[str], columns: Columns, streets: dict[tuple[str, ...], Street]) -> AddressRow:
    """Return the address of a line; ValueError says what is wrong with it.

    ``streets`` remembers what was checked before: a street's fields are the same on each of its lines.
    """
    written = columns.street(values)
    street = streets.get(written)
    if street is None:
        street = checked_street(written)
        if len(streets) > _MOST_REMEMBERED:
            streets.clear()
        streets[written] = street
    house_number, box_number, status, lat, lon, x, y = columns.door(values)
    house_number = house_number.strip()
    if len(house_number) > _LONGEST_NUMBER:
        raise ValueError(f"house_number is longer than {_LONGEST_NUMBER} characters")
    if not _HOUSE_NUMBER.match(house_number):
        raise ValueError(f"house_number {house_number[:40]!r} is not a number of up to five digits")
    found = point(lat.strip(), lon.strip(), x.strip(), y.strip())
    if found is None:
        raise ValueError("no coordinates")
    return AddressRow(line, *street, house_number, box_number.strip(), *found, status.strip() in ("", "current"))
