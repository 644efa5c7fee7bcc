"""Fetches a bike-share system: the figures every time, where the stations are once an hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import orjson

from services.feeds.errors import FeedRefusedError
from services.feeds.gbfs import discovery, reader
from services.feeds.http import Fetched, Fetcher, Validators
from services.feeds.source import Source, own_source

VILLO = own_source(__file__)

_SEEN: Final = "discovered.json"
_HOUR: Final = timedelta(hours=1)


def fetch(fetcher: Fetcher, source: Source, since: Validators | None, folder: Path) -> Fetched:
    """Write the system's files into the folder and return the answer about the figures. Raises FeedError."""
    folder.mkdir(parents=True, exist_ok=True)
    seen = _seen(folder) if since else None
    if seen is not None and seen["from"] == source.address:
        try:
            fetched = fetcher.get(seen["status"], headers=source.headers(), since=since, expect="json")
        except FeedRefusedError:
            # The files have moved: look again where they are.
            fetched = None
        if fetched is not None and fetched.at - datetime.fromisoformat(seen["at"]) < _HOUR:
            return _kept(fetched, folder)
    return _kept(fetcher.get(_discover(fetcher, source, folder), headers=source.headers(), expect="json"), folder)


def _discover(fetcher: Fetcher, source: Source, folder: Path) -> str:
    """Fetch where the stations are, and return the address of the figures."""
    directory = fetcher.get(source.address, headers=source.headers(), params=source.params(), expect="json")
    found = discovery.files(directory.json())
    languages = [("fr", reader.INFORMATION)] + ([("nl", reader.INFORMATION_NL)] if "nl" in found else [])
    for language, name in languages:
        url = discovery.address(found, "station_information", language)
        content = fetcher.get(url, headers=source.headers(), expect="json").content
        (folder / name).write_bytes(content)
    status = discovery.address(found, "station_status")
    seen = {"from": source.address, "at": directory.at.isoformat(), "status": status}
    (folder / _SEEN).write_bytes(orjson.dumps(seen))
    return status


def _kept(fetched: Fetched, folder: Path) -> Fetched:
    if not fetched.not_modified:
        fetched.json()  # what is torn must not take the place of what is whole
        (folder / reader.STATUS).write_bytes(fetched.content)
    return Fetched(b"", fetched.validators, fetched.not_modified, fetched.at, fetched.url, fetched.skew_s)


def _seen(folder: Path) -> Any:
    try:
        seen = orjson.loads((folder / _SEEN).read_bytes())
        return seen if seen.keys() >= {"from", "at", "status"} else None
    except (OSError, ValueError, AttributeError):
        return None
