"""Public car parks: fetched into one file, read from it, with the portal's own names of fields as settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from services.feeds.errors import UnexpectedContentError
from services.feeds.http import Fetched, Fetcher, Validators
from services.feeds.opendata_brussels.records import pages, point
from services.feeds.source import Source, own_source

CAR_PARKS = own_source(__file__)

#: Told of each record that is left out: file, line (None: the file has none), reason.
Report = Callable[[str, int | None, str], None]


@dataclass(frozen=True)
class CarPark:
    """A public car park; both names are filled, equal where the portal has one. ``capacity`` None: not known."""

    name_fr: str
    name_nl: str
    lat: float
    lon: float
    capacity: int | None


def fetch(fetcher: Fetcher, source: Source, _since: Validators | None, path: Path) -> Fetched:
    """Write all records to a file, which appears only when they are whole. Raises FeedError.

    All pages are asked for each time: that the first one did not change says nothing of the others.
    """
    records: list[Any] = []
    last: Fetched | None = None
    for fetched, page in pages(fetcher, source):
        records += page
        last = fetched
    if last is None or not records:
        raise UnexpectedContentError(f"{source.title}: no records at all")
    part = path.with_name(path.name + ".part")
    part.write_bytes(orjson.dumps({"results": records}))
    part.replace(path)
    return Fetched(b"", Validators(), not_modified=False, at=last.at, url=last.url, skew_s=last.skew_s)


def read_car_parks(path: Path, problem: Report, source: Source = CAR_PARKS) -> Iterator[CarPark]:
    """Yield the car parks of a file; raises UnexpectedContentError where it holds no records."""
    try:
        content = orjson.loads(path.read_bytes())
    except OSError as error:
        raise UnexpectedContentError(f"{path.name}: cannot be read: {error.strerror}") from error
    except orjson.JSONDecodeError as error:
        raise UnexpectedContentError(f"{path.name}: not JSON: {error}") from error
    records = content.get("results") if isinstance(content, Mapping) else None
    if not isinstance(records, list) or not records:
        raise UnexpectedContentError(f"{path.name}: no records")
    for position, record in enumerate(records):
        try:
            yield _car_park(record, source)
        except (ValueError, TypeError, AttributeError) as error:
            problem(path.name, None, f"record {position}: {error}")


def _car_park(record: Mapping[str, Any], source: Source) -> CarPark:
    fr, nl = (_text(record.get(str(source.settings[key]))) for key in ("name_fr", "name_nl"))
    if not fr and not nl:
        raise ValueError("no name")
    lat, lon = point(record)
    return CarPark(fr or nl, nl or fr, lat, lon, _count(record.get(str(source.settings["capacity"]))))


def _text(value: Any) -> str:
    return " ".join(value.replace("\0", " ").split())[:200] if isinstance(value, str) else ""


def _count(value: Any) -> int | None:
    text = str(value).strip()
    return int(text) if text.isdecimal() and len(text) < 6 else None
