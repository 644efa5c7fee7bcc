"""Reads one text file of a feed, chosen columns of it, forgiving in form and exact in line numbers."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import IO, Protocol

from services.feeds.gtfs.archive import Archive
from services.feeds.gtfs.errors import UnusableFeedError
from services.feeds.gtfs.problems import Problems

#: A row's line number in the file, and its values in the order of the columns that were asked for.
Row = tuple[int, tuple[str, ...]]

#: Columns' values, and the line of each row.
Columns = tuple[Sequence[int], list[tuple[str, ...]]]

_LONGEST_FIELD = 131_072
#: Few enough to stay in the processor's cache, and not to set off the garbage collector.
_BATCH = 500
_LINE_END = re.compile(r"\r\n|\r|\n")
_CHUNK = 1 << 20


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
    for lines, columns in read_columns(archive, name, problems, required, optional):
        yield from zip(lines, zip(*columns, strict=True), strict=True)


def read_columns(
    archive: Archive, name: str, problems: Problems, required: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[Columns]:
    """Yield the rows of a file some thousands at a time, a sequence a column; else as :func:`read_table`."""
    if name not in archive.names():
        raise UnusableFeedError("missing_file", f"The feed has no {name}.")
    encoding, may_hold_nul = _looked_through(archive, name, problems)
    with archive.open(name) as binary:
        reader = csv.reader(io.TextIOWrapper(binary, encoding, newline="", errors="replace"))
        header = _header(reader, name, problems)
        missing = [column for column in required if column not in header]
        if missing:
            raise UnusableFeedError("missing_column", f"{name} has no column {missing[0]}.")
        indexes = [header.index(column) if column in header else None for column in (*required, *optional)]
        for batch in _batches(reader, name, problems):
            lines, rows = batch.lines, batch.rows
            if may_hold_nul or not batch.is_regular(len(header)):
                lines, rows = _mended(batch, len(header), name, problems)
            columns = list(zip(*rows, strict=True))
            if columns:
                blank = ("",) * len(rows)
                yield lines, [blank if index is None else columns[index] for index in indexes]


@dataclass
class _Batch:
    """Rows as read; ``after`` is the line before the first of them, ``until`` the last line of the last."""

    after: int
    until: int
    rows: list[list[str]]

    @property
    def lines(self) -> Sequence[int]:
        """The line at which each row ends."""
        if self.until - self.after == len(self.rows):
            return range(self.after + 1, self.until + 1)
        taken = [1 + sum(len(_LINE_END.findall(value)) for value in row) for row in self.rows]
        return [self.after + end for end in accumulate(taken)]

    def is_regular(self, width: int) -> bool:
        """Tell whether each row has one line and the width of the header: nearly always so."""
        return self.until - self.after == len(self.rows) and set(map(len, self.rows)) == {width}


def _batches(reader: _Reader, name: str, problems: Problems) -> Iterator[_Batch]:
    more = True
    while more:
        after, rows = reader.line_num, list[list[str]]()
        fault = ""
        try:
            rows.extend(islice(reader, _BATCH))
            more = len(rows) == _BATCH
        except csv.Error as error:
            fault = str(error)  # the rows before it are there
        if rows:
            yield _Batch(after, reader.line_num, rows)
        if fault:
            problems.add(name, reader.line_num, "not readable as CSV", fault)


def _mended(batch: _Batch, width: int, name: str, problems: Problems) -> tuple[list[int], list[list[str]]]:
    """Return the rows that can be used, all of one width; blank ones are passed over, others reported."""
    lines, rows = [], []
    before = batch.after
    for line, row in zip(batch.lines, batch.rows, strict=True):
        several, before = line - before > 1, line
        if not any(value.strip() for value in row):
            continue
        if len(row) > width and any(row[width:]):
            problems.add(name, line, "more fields than the header has")
        elif len(row) < width and several:
            problems.add(name, line, "a quotation mark is not closed")  # it has swallowed the lines before
        elif any("\0" in value for value in row):
            problems.add(name, line, "a NUL character")
        else:
            lines.append(line)
            rows.append(row[:width] + [""] * (width - len(row)))
    return lines, rows


def _header(reader: _Reader, name: str, problems: Problems) -> list[str]:
    for row in reader:
        if any(value.strip() for value in row):
            header = [value.strip().strip('"').lower() for value in row]
            if header[0].startswith("<"):
                raise UnusableFeedError("not_a_table", f"{name} is a web page, not a table.")
            repeated = {column for column in header if column and header.count(column) > 1}
            for column in sorted(repeated):
                problems.note(name, reader.line_num, "a column is there twice; the first counts", column)
            return header
    return []


def _looked_through(archive: Archive, name: str, problems: Problems) -> tuple[str, bool]:
    """Return the encoding, and whether there may be NUL characters.

    UTF-8 (or 16 by its mark), or Windows-1252 where the file's bytes are not UTF-8 (reported).
    """
    with archive.open(name) as binary:
        start = binary.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16", True
    with archive.open(name) as binary:
        utf8, nul = _scan(binary)
    if not utf8:
        problems.note(name, None, "not in UTF-8; read as Windows-1252")
    return "utf-8-sig" if utf8 else "cp1252", nul


def _scan(binary: IO[bytes]) -> tuple[bool, bool]:
    """Return whether a file is in UTF-8, and whether it holds a NUL."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8, nul = True, False
    while chunk := binary.read(_CHUNK):
        nul = nul or b"\0" in chunk
        # Most of a timetable is ASCII; only a character that was left unfinished needs the decoder then.
        if utf8 and not (chunk.isascii() and not decoder.getstate()[0]):
            utf8 = _decodes(decoder, chunk)
    return utf8 and _decodes(decoder, b"", final=True), nul


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final=final)
    except UnicodeDecodeError:
        return False
    return True


csv.field_size_limit(_LONGEST_FIELD)
