"""Whether an answer is what was asked for, told by its first and last bytes."""

from __future__ import annotations

import re
from typing import Final, Literal

from services.feeds.errors import UnexpectedContentError

Kind = Literal["json", "zip", "csv", "protobuf", "xml", "text"]

#: How much of the start and of the end :func:`check` wants to see.
HEAD_BYTES: Final = 512
TAIL_BYTES: Final = 66_000  # the end record of a zip (22 bytes) and its longest comment

_BOM: Final = b"\xef\xbb\xbf"
_HTML: Final = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]", re.IGNORECASE)
_ZIP_END: Final = b"PK\x05\x06"


def check(kind: Kind | None, head: bytes, tail: bytes) -> None:
    """Raise UnexpectedContentError where the content is nothing, a web page, another format, or a torn zip."""
    start = head.removeprefix(_BOM).lstrip()
    if not start:
        raise UnexpectedContentError("an empty answer")
    if kind is None:
        return
    if _HTML.match(start):
        raise UnexpectedContentError(f"a web page instead of {kind}")
    if kind == "json" and start[:1] not in b'{["-0123456789tfn':
        raise UnexpectedContentError(f"not JSON: it begins with {start[:20]!r}")
    if kind == "xml" and not start.startswith(b"<"):
        raise UnexpectedContentError(f"not XML: it begins with {start[:20]!r}")
    if kind == "zip" and not head.startswith(b"PK"):
        raise UnexpectedContentError(f"not a zip: it begins with {head[:20]!r}")
    if kind == "zip" and _ZIP_END not in tail:
        raise UnexpectedContentError("half a zip: its end is missing")
    if kind in ("csv", "text") and b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnexpectedContentError(f"not {kind}: it holds NUL bytes")


def without_bom(content: bytes) -> bytes:
    """Return the content without a byte-order mark."""
    return content.removeprefix(_BOM)
