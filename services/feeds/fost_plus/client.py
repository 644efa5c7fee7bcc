"""Asks Recycle!: a token, the postcode's ids, the street, and the calendar of a number, one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from kit.text import fold
from services.feeds.errors import FeedRefusedError, UnexpectedContentError
from services.feeds.fost_plus.calendar import Calendar, calendar_of
from services.feeds.http import Fetched, Fetcher
from services.feeds.source import Source, own_source
from services.feeds.waste.errors import UnknownAddressError

SOURCE = own_source(__file__)

#: More pages than a year of collections has.
_MOST_PAGES: Final = 20


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class _Token(_Read):
    text: str = Field(alias="accessToken", min_length=1)


class _Zipcode(_Read):
    id: str
    code: str


class _Street(_Read):
    id: str
    name: str = ""
    names: dict[str, str | None] = {}


class _Page(_Read):
    items: list[dict[str, Any]]
    total: int | None = None
    page: int = 1


class FoundStreet(_Read):
    """A street as the service knows it in a postcode."""

    zipcode_id: str
    street_id: str


_ZIPCODES: Final = TypeAdapter(list[_Zipcode])
_STREETS: Final = TypeAdapter(list[_Street])


class Recycle:
    """The service; every method raises FeedError. It holds one token, so keep it for one update only."""

    def __init__(self, fetcher: Fetcher, source: Source = SOURCE) -> None:
        self._fetcher = fetcher
        self._source = source
        self._address = source.address.rstrip("/")
        self._token: str | None = None
        self._zipcodes: dict[str, list[str]] = {}

    def street(self, names: Iterable[str], postcode: str) -> FoundStreet:
        """Return a street by one of its names, whichever language; UnknownAddressError where the postcode has none."""
        asked = list(dict.fromkeys(names))
        wanted = {fold(name) for name in asked}
        for zipcode_id in self._ids(postcode):
            for name in asked:
                fetched = self._ask("streets", {"q": name, "zipcodes": zipcode_id}, post=True)
                for street in _items(_STREETS, fetched):
                    if wanted & {fold(each) for each in (street.name, *street.names.values()) if each}:
                        return FoundStreet(zipcode_id=zipcode_id, street_id=street.id)
        raise UnknownAddressError(f"{self._address}: no street {asked[0]!r} in {postcode}")

    def calendar(self, street: FoundStreet, number: str, first: date, last: date) -> Calendar:
        """Return the days of collection at a number from ``first`` to ``last``; UnknownAddressError where none are."""
        params: dict[str, str | int] = {
            "zipcodeId": street.zipcode_id,
            "streetId": street.street_id,
            "houseNumber": number,
            "fromDate": first.isoformat(),
            "untilDate": last.isoformat(),
            "size": int(self._source.settings.get("page_size", 200)),
        }
        found: list[dict[str, Any]] = []
        for _ in range(_MOST_PAGES):
            fetched = self._ask("collections", params)
            where = f"{fetched.url}: street {street.street_id}, number {number}"
            page = _read(_Page, fetched)
            found += page.items
            if page.total is None or len(found) >= page.total:
                break
            if not page.items:
                raise UnexpectedContentError(f"{where}: {len(found)} of {page.total} collections")
            params["page"] = page.page + 1
        else:
            raise UnexpectedContentError(f"{where}: no end of collections")
        if not found:
            raise UnknownAddressError(f"{where}: no collections")
        return calendar_of(found, where)

    def _ids(self, postcode: str) -> list[str]:
        if postcode not in self._zipcodes:
            known = _items(_ZIPCODES, self._ask("zipcodes", {"q": postcode}))
            self._zipcodes[postcode] = [each.id for each in known if each.code == postcode]
        return self._zipcodes[postcode]

    def _ask(self, path: str, params: dict[str, str | int], *, post: bool = False) -> Fetched:
        """Ask with the token, and once more with a new one where it is no longer taken."""
        try:
            return self._asked(path, params, post)
        except FeedRefusedError:
            if self._token is None:
                raise
            self._token = None
            return self._asked(path, params, post)

    def _asked(self, path: str, params: dict[str, str | int], post: bool) -> Fetched:
        headers = {"X-Consumer": str(self._source.settings.get("consumer", ""))}
        if self._token is None:
            # A refusal here leaves no token behind, so that it is not taken for one that has run out.
            fetched = self._fetcher.get(
                f"{self._address}/access-token", headers={**headers, **self._source.headers()}, expect="json"
            )
            self._token = _read(_Token, fetched).text
        ask = self._fetcher.post if post else self._fetcher.get
        return ask(
            f"{self._address}/{path}", params=params, headers={**headers, "Authorization": self._token}, expect="json"
        )


_Shape = TypeVar("_Shape", bound=_Read)


def _read(shape: type[_Shape], fetched: Fetched) -> _Shape:
    try:
        return shape.model_validate(fetched.json())
    except ValidationError as error:
        raise UnexpectedContentError(f"{fetched.url}: {_first(error)}") from error


def _items(shape: TypeAdapter[list[_Shape]], fetched: Fetched) -> list[_Shape]:
    try:
        return shape.validate_python(_read(_Page, fetched).items)
    except ValidationError as error:
        raise UnexpectedContentError(f"{fetched.url}: {_first(error)}") from error


def _first(error: ValidationError) -> str:
    """Return what is wrong first; never what was answered, which may be a token."""
    fault = error.errors()[0]
    return f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
