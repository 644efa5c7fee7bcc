"""Reads documents, XML or JSON, into the same mappings and lists, however a server nests them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

import orjson
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from services.feeds.errors import UnexpectedContentError
from services.feeds.open311.model import Format

Record = Mapping[str, Any]

_BOM: Final = b"\xef\xbb\xbf"
#: Elements whose children are items, whatever these are called.
_LISTS: Final = frozenset(
    {"services", "service_requests", "requests", "errors", "attributes", "values", "endpoints", "formats"}
)
#: What some servers wrap the list in, or give instead of a list of one.
_WRAPPERS: Final = ("service_requests", "services", "errors", "requests", "request", "service", "error")


def document(content: bytes, form: Format, where: str) -> Any:
    """Return a document; raises UnexpectedContentError where it is none of that format."""
    if not content.strip():
        raise UnexpectedContentError(f"{where}: an empty answer")
    try:
        if form == "json":
            return orjson.loads(content.removeprefix(_BOM))
        return _value(fromstring(content.removeprefix(_BOM).lstrip(), forbid_dtd=True))
    except orjson.JSONDecodeError as error:
        raise UnexpectedContentError(f"{where}: not JSON") from error
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise UnexpectedContentError(f"{where}: not XML that can be read") from error


def records(found: Any, where: str) -> list[Record]:
    """Return the items of a list, as it is or wrapped, or a single item; UnexpectedContentError where it is neither."""
    if isinstance(found, Mapping):
        wrapped = next((found[name] for name in _WRAPPERS if isinstance(found.get(name), list | Mapping)), None)
        return records(wrapped, where) if wrapped is not None else [found]
    if not isinstance(found, list):
        raise UnexpectedContentError(f"{where}: not a list")
    return [each for each in found if isinstance(each, Mapping)]


def _value(element: Element) -> Any:
    if _local(element.tag) in _LISTS:
        return [_value(child) for child in element]
    if len(element):
        return {_local(child.tag): _value(child) for child in element}
    return element.text


def _local(tag: str) -> str:
    """Return an element's name without its namespace."""
    return tag.rpartition("}")[2]
