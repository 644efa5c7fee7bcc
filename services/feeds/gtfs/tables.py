"""Reads one text file of a feed as rows of chosen columns, forgiving in form and exact in line numbers."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import IO, Protocol

from services.feeds.gtfs.archive import Archive
from services.feeds.gtfs.errors import UnusableFeedError
from services.feeds.gtfs.problems import Problems

#: A row's line number in the file, and its values in the order of the columns that were asked for.
Row = tuple[int, tuple[str, ...]]

_LONGEST_FIELD = 131_072


class _Reader(Protocol):
    """What ``csv.reader`` makes."""

    @property
    def line_num(self) -> int: ...

    def __iter__(self) -> _Reader: ...

    def __next__(self) -> list[str]: ...


def read_table(
    archive: Archive, name: str, problems: Problems, required: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[Row]:
    """Yield the rows of a file; a column that is missing or a row that is short gives empty values.

    Raises UnusableFeedError where the file or a required column is missing.
    """
    if name not in archive.names():
        raise UnusableFeedError("missing_file", f"The feed has no {name}.")
    with archive.open(name) as binary:
        reader = csv.reader(io.TextIOWrapper(binary, _encoding(archive, name, problems), newline="", errors="replace"))
        header = _header(reader, name, problems)
        missing = [column for column in required if column not in header]
        if missing:
            raise UnusableFeedError("missing_column", f"{name} has no column {missing[0]}.")
        yield from _rows(reader, name, header, (*required, *optional), problems)


def _rows(reader: _Reader, name: str, header: list[str], columns: Sequence[str], problems: Problems) -> Iterator[Row]:
    width = len(header)
    # Columns that the file lacks are read from an empty value put after each row.
    indexes = [header.index(column) if column in header else width for column in columns]
    pick = itemgetter(*indexes) if len(indexes) > 1 else lambda row: (row[indexes[0]],)
    while True:
        try:
            for row in reader:
                if len(row) != width:
                    if not any(field.strip() for field in row):
                        continue
                    if len(row) > width and any(row[width:]):
                        problems.add(name, reader.line_num, "more fields than the header has")
                        continue
                    row = row[:width] + [""] * (width - len(row))  # noqa: PLW2901 - the padded row is the row
                row.append("")
                yield reader.line_num, pick(row)
            return
        except csv.Error as error:
            problems.add(name, reader.line_num, "not readable as CSV", str(error))


def _header(reader: _Reader, name: str, problems: Problems) -> list[str]:
    for row in reader:
        if any(field.strip() for field in row):
            header = [field.strip().strip('"').lower() for field in row]
            if header[0].startswith("<"):
                raise UnusableFeedError("not_a_table", f"{name} is a web page, not a table.")
            repeated = {column for column in header if column and header.count(column) > 1}
            for column in sorted(repeated):
                problems.note(name, reader.line_num, "a column is there twice; the first counts", column)
            return header
    return []


def _encoding(archive: Archive, name: str, problems: Problems) -> str:
    """Return UTF-8 (or 16 by its mark), or Windows-1252 where the file's bytes are not UTF-8 (reported)."""
    with archive.open(name) as binary:
        start = binary.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
    with archive.open(name) as binary:
        if _is_utf8(binary):
            return "utf-8-sig"
    problems.note(name, None, "not in UTF-8; read as Windows-1252")
    return "cp1252"


def _is_utf8(binary: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := binary.read(1 << 20):
            if not chunk.isascii():
                decoder.decode(chunk)
            elif decoder.getstate()[0]:
                return False  # a character was left unfinished at the last chunk's end
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


csv.field_size_limit(_LONGEST_FIELD)
