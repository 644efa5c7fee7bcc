"""References of dossiers in all their spellings: ``04/PU/1234567``, ``4 pu 1234567``, ``45799-RPU``.

A reference of OpenPermits is the commune's number (the last two digits of its NIS code), the type of procedure and a
number; a commune's own is a number and a type.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_SEPARATORS: Final = re.compile(r"[\s/\\.,;:|_–—‑-]+")
_BEFORE: Final = re.compile(r"^(?:DOSSIER|DOSSIERNUMMER|REFERENCE|REFERENTIE|REF|NUMERO|NUMMER|NR|NO|N°|#|/)+(?=\d|/)")
_OPEN: Final = re.compile(r"(?:(\d{1,2})/?)?([A-Z]+(?:/[A-Z]+)*)/?(\d{3,12})", re.ASCII)
_OWN: Final = re.compile(r"(\d{3,12})/?([A-Z]{2,8})", re.ASCII)
_BARE: Final = re.compile(r"\d{3,12}", re.ASCII)


@dataclass(frozen=True)
class Reference:
    """The parts of a reference; what was not written is None. ``own`` marks a commune's own."""

    commune: str | None
    type: str | None
    number: str
    own: bool = False

    @property
    def canonical(self) -> str | None:
        """The one spelling that is stored; None where a part is missing."""
        if self.own:
            return f"{self.number}-{self.type}"
        if self.commune is None or self.type is None:
            return None
        return f"{self.commune}/{self.type}/{self.number}"


def read(written: str) -> Reference | None:
    """Return the parts of a reference as somebody wrote it; None where it is none."""
    text = unicodedata.normalize("NFKC", written).upper().strip()
    text = "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))
    text = _SEPARATORS.sub("/", text).strip("/")
    text = _BEFORE.sub("", text).strip("/")
    if re.match(r"O\d/?[A-Z]", text):
        text = "0" + text[1:]  # the letter for the digit
    if match := _OPEN.fullmatch(text):
        commune = f"{int(match[1]):02}" if match[1] else None
        return Reference(commune, match[2].replace("/", "_"), match[3])
    if match := _OWN.fullmatch(text):
        return Reference(None, match[2], match[1], own=True)
    return Reference(None, None, text) if _BARE.fullmatch(text) else None


def canonical(reference: str) -> tuple[str, str]:
    """Return a register's reference in the spelling that is stored, and its number.

    One of another shape stays as it is, in capitals.
    """
    found = read(reference)
    if found is None or found.canonical is None:
        plain = " ".join(reference.upper().split())
        return plain, "".join(filter(str.isdigit, plain)) or plain
    return found.canonical, found.number


def slips(number: str) -> Iterator[str]:
    """Yield the numbers that are one wrong digit, or two swapped ones, away."""
    for at, digit in enumerate(number):
        yield from (number[:at] + other + number[at + 1 :] for other in "0123456789" if other != digit)
        if at + 1 < len(number) and digit != number[at + 1]:
            yield number[:at] + number[at + 1] + digit + number[at + 2 :]
