"""Asks the calendar service: street, house numbers, the number's id, and its calendar, one after the other."""

from __future__ import annotations

from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from services.feeds.arp_gan.model import Calendar, FoundStreet, calendar_of
from services.feeds.errors import UnexpectedContentError
from services.feeds.http import Fetched, Fetcher
from services.feeds.source import Source, own_source
from services.feeds.waste.errors import UnknownAddressError

SOURCE = own_source(__file__)

#: Its two doors, below the source's address.
_ADDRESSES: Final = "/StreetEngine/GetAdress.aspx"
_CALENDAR: Final = "/GetCalendarv5/GetCalendarWeb.aspx"
#: Texts are asked for in this language; they are read in both.
_LANGUAGE: Final = "fr"
_STREETS: Final = TypeAdapter(list[FoundStreet])
_NUMBERS: Final = TypeAdapter(list[str | int])
#: Ids that begin so stand for a number that the service made up.
_NO_SUCH_NUMBER: Final = "F_"


class ArpGan:
    """The service; every method raises FeedError."""

    def __init__(self, fetcher: Fetcher, source: Source = SOURCE) -> None:
        self._fetcher = fetcher
        self._address = source.address.rstrip("/")

    def street(self, name: str, postcode: str) -> FoundStreet:
        """Return a street by its very name, in either language, in a postcode; UnknownAddressError where none is."""
        fetched = self._addresses(rue=name, operation="SEARCH")
        try:
            found = _STREETS.validate_python(_content(fetched) or [])
        except ValidationError as error:
            raise UnexpectedContentError(f"{fetched.url}: no list of streets") from error
        wanted = name.casefold()
        in_postcode = [street for street in found if street.zip == postcode]
        same = [street for street in in_postcode if street.street.casefold() == wanted]
        if not same and len(in_postcode) != 1:
            raise UnknownAddressError(f"{fetched.url}: {len(in_postcode)} streets in {postcode} for {name!r}")
        return (same or in_postcode)[0]

    def numbers(self, street: FoundStreet) -> list[str]:
        """Return the house numbers of a street; UnknownAddressError where it has none."""
        fetched = self._addresses(rue=street.street, zip=street.zip, operation="ADRESS_NUMBER_RANGE")
        try:
            numbers = [str(number).strip() for number in _NUMBERS.validate_python(_content(fetched) or [])]
        except ValidationError as error:
            raise UnexpectedContentError(f"{fetched.url}: no list of numbers") from error
        found = [number for number in numbers if number[:1].isdigit()]
        if not found:
            raise UnknownAddressError(f"{fetched.url}: no numbers in {street.street!r} ({street.zip})")
        return found

    def calendar(self, street: FoundStreet, number: str) -> Calendar:
        """Return the calendar of a house; UnknownAddressError where the service does not know the number."""
        form = {
            "rue": street.street,
            "numero": number,
            "zip": street.zip,
            "commune": street.city,
            "id": self._id(street, number),
            "Lang": _LANGUAGE,
            "operation": "VALIDATION",
        }
        fetched = self._fetcher.post(self._address + _CALENDAR, form=form, expect="json")
        return calendar_of(_content(fetched), f"{fetched.url}: {street.street} {number} ({street.zip})")

    def _id(self, street: FoundStreet, number: str) -> str:
        fetched = self._addresses(rue=street.street, numero=number, zip=street.zip, operation="VALIDATION")
        content = _content(fetched)
        first = content[0] if isinstance(content, list) and content else {}
        if not isinstance(first, dict):
            raise UnexpectedContentError(f"{fetched.url}: no address in the answer")
        value = str(first.get("Value") or "")
        if first.get("Statut") != "OK" or not value or value.startswith(_NO_SUCH_NUMBER):
            raise UnknownAddressError(f"{fetched.url}: no number {number} in {street.street!r} ({street.zip})")
        return value

    def _addresses(self, **params: str) -> Fetched:
        return self._fetcher.get(self._address + _ADDRESSES, params={"Lang": _LANGUAGE, **params}, expect="json")


def _content(fetched: Fetched) -> Any:
    """Return the answer's content; a fault that comes with status 200 is one all the same."""
    content = fetched.json()
    if isinstance(content, dict) and content.get("Exception"):
        raise UnexpectedContentError(f"{fetched.url}: {str(content['Exception'])[:200]}")
    return content
