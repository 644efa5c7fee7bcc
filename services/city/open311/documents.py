"""Writes GeoReport v2 documents, in XML and in JSON, from the same values.

A list has no name in JSON; in XML it and its items have. A text is UTF-8 in both, without what XML 1.0 cannot hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, get_args
from xml.etree.ElementTree import Element, SubElement, tostring

from fastapi import Response

Format = Literal["xml", "json"]

FORMATS: Final[tuple[Format, ...]] = get_args(Format)
MEDIA_TYPES: Final[dict[Format, str]] = {"xml": "text/xml", "json": "application/json"}

#: The element of one item, by the element of its list.
_ITEMS: Final = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
}
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Document = Mapping[str, Any] | Sequence[Mapping[str, Any]]


def response(root: str, document: Document, form: Format, status: int = 200) -> Response:
    """Return a document as an answer; ``root`` is its element in XML."""
    content = _xml(root, document) if form == "xml" else _json(document)
    return Response(content, status_code=status, headers={"Content-Type": f"{MEDIA_TYPES[form]}; charset=utf-8"})


def _json(document: Document) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def _xml(root: str, document: Document) -> bytes:
    element = Element(root)
    _fill(element, document)
    content: bytes = tostring(element, encoding="utf-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + content


def _fill(element: Element, value: Any) -> None:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _fill(SubElement(element, name), inner)
    elif isinstance(value, str):
        element.text = _NOT_XML.sub("", value)
    elif isinstance(value, Sequence):
        for inner in value:
            _fill(SubElement(element, _ITEMS[element.tag]), inner)
    elif isinstance(value, bool):
        element.text = "true" if value else "false"
    elif value is not None:
        element.text = str(value)
