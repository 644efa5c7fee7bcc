"""What nobody should type into a chat: masked before anything is kept or passed on.

National register numbers, payment cards and IBANs are recognised by their check digits (python-stdnum), so that a
dossier's or a telephone number stays what it is. Only a number with its check digits right is masked. Telephone numbers
are those that could be dialled from Belgium (phonenumbers); they and e-mail addresses have their place in the question
that asks for a contact, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from phonenumbers import Leniency, PhoneNumberMatcher
from stdnum import iban, luhn
from stdnum.be import bis, nn

#: What stands in place of a number.
MASK: Final = "[…]"

_NATIONAL: Final = re.compile(r"(?<![\w/])\d{2}[. -]?\d{2}[. -]?\d{2}[. -]{0,3}\d{3}[. -]?\d{2}(?![\w/])")
_CARD: Final = re.compile(r"(?<![\w/+])\d(?:[ -]?\d){12,18}(?![\w/])")
_IBAN: Final = re.compile(r"(?<!\w)[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}(?!\w)")
#: Where one of them may end inside of what was found.
_BREAK: Final = re.compile(r"[ -]")
_EMAIL: Final = re.compile(r"(?<![\w.+%'-])[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
#: Fewer digits are no telephone number, and so many candidates in one message are looked at.
_LEAST_DIGITS: Final = 8
_MOST_TRIES: Final = 100
#: The shortest account number there is, Norway's.
_LEAST_IBAN: Final = 15


def masked(text: str) -> tuple[str, bool]:
    """Return the text without such numbers, and whether there were any."""
    found = text
    for pattern, is_one in _KINDS:
        found = _without(found, pattern, is_one)
    return found, found != text


def without_contacts(text: str) -> tuple[str, bool]:
    """Return the text without e-mail addresses and telephone numbers, and whether there were any."""
    found = _EMAIL.sub(MASK, text)
    if sum(character.isdigit() for character in found) >= _LEAST_DIGITS:
        numbers = list(PhoneNumberMatcher(found, "BE", leniency=Leniency.VALID, max_tries=_MOST_TRIES))
        for match in reversed(numbers):
            found = f"{found[: match.start]}{MASK}{found[match.end :]}"
    return found, found != text


def hidden(text: str, words: Iterable[str]) -> str:
    """Return the text with these words masked wherever they stand."""
    for each in sorted(words, key=len, reverse=True):
        text = text.replace(each, MASK)
    return text


def _without(text: str, pattern: re.Pattern[str], is_one: Callable[[str], bool]) -> str:
    return pattern.sub(lambda match: _masked_part(match[0], is_one), text)


def _masked_part(found: str, is_one: Callable[[str], bool]) -> str:
    """Return what was found with the longest number at its beginning masked: words or digits may follow it."""
    ends = [len(found), *(match.start() for match in reversed(list(_BREAK.finditer(found))))]
    end = next((each for each in ends if is_one(found[:each])), 0)
    return f"{MASK}{found[end:]}" if end else found


def _is_iban(number: str) -> bool:
    """Tell whether the check digits are right; whether that bank exists is not asked."""
    return bool(iban.is_valid(number, check_country=False)) and len(number.replace(" ", "")) >= _LEAST_IBAN


def _is_national(number: str) -> bool:
    return nn.is_valid(number) or bis.is_valid(number)


def _is_card(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    return digits[0] in "3456" and luhn.is_valid(digits)


_KINDS: Final[tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...]] = (
    (_IBAN, _is_iban),
    (_NATIONAL, _is_national),
    (_CARD, _is_card),
)
