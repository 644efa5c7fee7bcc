"""How each language writes days, times, amounts, lists and names (Belgian usage; CLDR through Babel)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from kit.clock import BRUSSELS
from kit.languages import Language

LOCALES: Final[dict[Language, Locale]] = {
    "fr": Locale("fr", "BE"),
    "nl": Locale("nl", "BE"),
    "en": Locale("en", "GB"),  # en-BE writes amounts the French way, which nobody expects in English
}

_TODAY: Final[dict[Language, str]] = {"fr": "aujourd'hui {}", "nl": "vandaag, {}", "en": "today, {}"}
_TOMORROW: Final[dict[Language, str]] = {"fr": "demain {}", "nl": "morgen, {}", "en": "tomorrow, {}"}
_MIDNIGHT: Final[dict[Language, str]] = {"fr": "minuit", "nl": "middernacht", "en": "midnight"}
_NO_BREAK: Final = "\u00a0"


def plural_category(count: float, language: Language) -> str:
    """Return the CLDR plural category of a number."""
    return str(LOCALES[language].plural_form(count))


def day(value: date, style: str, today: date, language: Language) -> str:
    """Return a day as people say it: see ``kit.replies.day`` for the styles."""
    if style == "short":
        return f"{value.day}/{value.month}"
    with_year = style in {"full", "date"} or abs((value - today).days) > 300
    pattern = ("" if style == "date" else "EEEE ") + "d MMMM" + (" y" if with_year else "")
    written = format_date(value, pattern, locale=LOCALES[language])
    if language == "fr" and value.day == 1:
        written = f" {written}".replace(" 1 ", " 1er ", 1).strip()
    if style == "relative" and value == today:
        return _TODAY[language].format(written)
    if style == "relative" and value == today + timedelta(days=1):
        return _TOMORROW[language].format(written)
    return written


def time_of_day(value: datetime, language: Language) -> str:
    """Return a time of day in Brussels on the 24-hour clock; midnight by its name."""
    local = value.astimezone(BRUSSELS)
    if (local.hour, local.minute) == (0, 0):
        return _MIDNIGHT[language]
    if language == "fr":
        return f"{local.hour}{_NO_BREAK}h" + (f"{_NO_BREAK}{local.minute:02}" if local.minute else "")
    if language == "nl":
        return f"{local.hour}" + (f".{local.minute:02}" if local.minute else "") + f"{_NO_BREAK}uur"
    return f"{local.hour}:{local.minute:02}"


def money(value: float, currency: str, language: Language) -> str:
    """Return an amount of money; whole amounts without cents."""
    locale = LOCALES[language]
    if value % 1:
        return str(format_currency(value, currency, locale=locale))
    whole = locale.currency_formats["standard"].pattern.replace(".00", "")
    return str(format_currency(value, currency, format=whole, locale=locale, currency_digits=False))


def number(value: float, language: Language) -> str:
    """Return a number."""
    return str(format_decimal(value, locale=LOCALES[language]))


def joined(items: Sequence[str], style: str, language: Language) -> str:
    """Return several values: one a line, or joined as a sentence's list."""
    if style == "lines":
        return "\n".join(f"– {item}" for item in items)
    if style == "comma":
        return ", ".join(items)
    return str(format_list(items, style="or" if style == "or" else "standard", locale=LOCALES[language]))


def name(fr: str, nl: str, en: str | None, language: Language) -> str:
    """Return a name: the language's own; in English the English one, or both of the Region's where they differ."""
    if language == "nl":
        return nl or fr
    if language == "fr":
        return fr or nl
    return en or (f"{fr} / {nl}" if fr and nl and fr != nl else fr or nl)
