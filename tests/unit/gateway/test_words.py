"""What is kept of a typed text."""

from __future__ import annotations

import pytest

from services.gateway.conversations.words import cleaned
from services.gateway.core.errors import ChatError


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  rue Haute 10 \n", "rue Haute 10"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x00\x1b[31mb", "a[31mb"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("/restart", "/restart"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("?", "?"),
        ("\u0301e", "\u0301e"),
    ],
)
def test_the_words_stay_as_they_are(typed, kept):
    assert cleaned(typed, 100, None) == kept


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "\u200b\ufeff", "\x00\x01", "\u2028"])
def test_what_cannot_be_seen_is_empty(typed):
    with pytest.raises(ChatError, match="empty_message"):
        cleaned(typed, 100, "nl")


def test_the_limit_counts_characters():
    assert cleaned("é" * 5, 5, None) == "é" * 5
    with pytest.raises(ChatError, match="message_too_long") as refused:
        cleaned("é" * 6, 5, "nl")
    assert (refused.value.status, refused.value.language, refused.value.params) == (413, "nl", {"limit": 5})
