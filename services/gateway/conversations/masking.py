"""Numbers that nobody should type into a chat: masked before anything is kept or passed on.

National register numbers, payment cards and IBANs are recognised by their check digits (python-stdnum), so that a
dossier's or a telephone number stays what it is. Only a number with its check digits right is masked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from stdnum import iban, luhn
from stdnum.be import bis, nn

#: What stands in place of a number.
MASK: Final = "[…]"

_NATIONAL: Final = re.compile(r"(?<![\w/])\d{2}[. -]?\d{2}[. -]?\d{2}[. -]{0,3}\d{3}[. -]?\d{2}(?![\w/])")
_CARD: Final = re.compile(r"(?<![\w/+])\d(?:[ -]?\d){12,18}(?![\w/])")
_IBAN: Final = re.compile(r"(?<!\w)[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}(?!\w)")


def masked(text: str) -> tuple[str, bool]:
    """Return the text without such numbers, and whether there were any."""
    found = text
    for pattern, is_one in _KINDS:
        found = _without(found, pattern, is_one)
    return found, found != text


def _without(text: str, pattern: re.Pattern[str], is_one: Callable[[str], bool]) -> str:
    return pattern.sub(lambda match: MASK if is_one(match[0]) else match[0], text)


def _is_national(number: str) -> bool:
    return nn.is_valid(number) or bis.is_valid(number)


def _is_card(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    return digits[0] in "3456" and luhn.is_valid(digits)


_KINDS: Final[tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...]] = (
    (_IBAN, iban.is_valid),
    (_NATIONAL, _is_national),
    (_CARD, _is_card),
)
