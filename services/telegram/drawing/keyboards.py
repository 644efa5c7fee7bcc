"""Keyboards under messages. What a button sends back is an id that tells nothing, of 64 bytes at most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from kit.languages import Language
from services.telegram.port import Message
from services.telegram.texts import Texts, spoken

#: What the first characters of a button's data say that it is.
CHOICE: Final = "c:"
REFRESH: Final = "r:"
NOTHING: Final = "-"

_ROW: Final = 30  # characters that fit beside each other on a telephone
_MOST_IN_ROW: Final = 3


def keyboard(message: Message, texts: Texts) -> InlineKeyboardMarkup | None:
    """Return the keyboard of a message: its choices, and the way to look again where departures are shown."""
    language = spoken(message.language)[0]
    rows = _rows([InlineKeyboardButton(each.label, callback_data=f"{CHOICE}{each.id}") for each in message.choices])
    if any(card.get("type") == "departures" and card.get("again") for card in message.cards):
        rows.insert(0, [_refresh(message.id, language, texts)])
    return InlineKeyboardMarkup(rows) if rows else None


def marked(
    shown: InlineKeyboardMarkup | None, pressed: str, language: Language | None, texts: Texts
) -> InlineKeyboardMarkup | None:
    """Return what is left of a keyboard of which a choice was taken: that choice, which does nothing any more."""
    if shown is None:
        return None
    rows = [[each for each in row if str(each.callback_data).startswith(REFRESH)] for row in shown.inline_keyboard]
    label = next((each.text for row in shown.inline_keyboard for each in row if each.callback_data == pressed), None)
    left = [row for row in rows if row]
    if label:
        words = texts.say("chosen", spoken(language)[0], label=label)
        left.append([InlineKeyboardButton(words, callback_data=NOTHING)])
    return InlineKeyboardMarkup(left)


def _refresh(message_id: str, language: Language, texts: Texts) -> InlineKeyboardButton:
    return InlineKeyboardButton(texts.say("refresh", language), callback_data=f"{REFRESH}{message_id}")


def _rows(buttons: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    """Put short buttons beside each other."""
    rows: list[list[InlineKeyboardButton]] = []
    for button in buttons:
        row = rows[-1] if rows else []
        if row and len(row) < _MOST_IN_ROW and sum(len(each.text) for each in [*row, button]) <= _ROW:
            row.append(button)
        else:
            rows.append([button])
    return rows
