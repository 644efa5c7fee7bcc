"""What is taken out of texts because it cannot be seen, and what is not."""

from __future__ import annotations

import pytest

from services.common.visible import visible, visible_in


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Rue \u202egnorw\u202c 20", "Rue gnorw 20"),
        ("\u2067x\u2069 \u200f\u200e\u061cy", "x y"),
        ("be\u200b.bru\ufeffssels", "be.brussels"),
        ("a\U000e0041\U000e007fb\x1b[0m\x00", "ab[0m"),
        ("ligne 1\nligne 2\tsuite", "ligne 1\nligne 2\tsuite"),
        ("18\u00a0h\u00a005, est\u2060-elle, l\u2019été, é", "18\u00a0h\u00a005, est\u2060-elle, l\u2019été, é"),
        ("👩\u200d👧 می\u200cخواهم مرحبا שלום", "👩\u200d👧 می\u200cخواهم مرحبا שלום"),
    ],
    ids=["override", "isolates and marks", "without width", "tags and controls", "lines", "typography", "scripts"],
)
def test_only_what_shows_nothing_goes(text: str, seen: str) -> None:
    assert visible(text) == seen


def test_a_card_is_gone_through_to_its_last_text() -> None:
    card = {"rows": [{"name": "a\u202eb", "items": ["\u200bc", 4, None, True]}], "n": 1.5}
    assert visible_in(card) == {"rows": [{"name": "ab", "items": ["c", 4, None, True]}], "n": 1.5}
    assert visible_in(None) is None
