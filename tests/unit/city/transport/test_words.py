"""Names of lines and destinations as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.city.transport.words import line_key, meant, most_alike

NAMES = {
    "west": ["gare de l ouest", "weststation"],
    "midi": ["gare du midi", "zuidstation"],
    "nord": ["gare du nord", "noordstation"],
    "roi": ["roi baudouin", "koning boudewijn"],
}


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("81", "81"),
        ("Tram 81", "81"),
        ("tram81", "81"),
        ("lijn 081", "81"),
        ("la ligne 81", "81"),
        ("ligne bus N 04", "n4"),
        ("the bus 7", "7"),
        ("Métro 1", "1"),
        ("metro", "metro"),
        ("100", "100"),
        ("T-Bus", "tbus"),
        ("", ""),
    ],
)
def test_a_line_is_told_by_its_number(written: str, key: str) -> None:
    assert line_key(written) == key


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("Gare du Midi", {"midi"}),
        ("ZUIDSTATION", {"midi"}),
        ("gare", {"west", "midi", "nord"}),
        ("Gare de l’Ouest", {"west"}),
        ("Baudouin", {"roi"}),
        ("koning bouwdewijn", {"roi"}),
        ("noortstation", {"nord"}),
        ("Anvers", set()),
        ("!?", set()),
    ],
)
def test_a_destination_is_the_very_name_then_its_words_then_its_spelling(written: str, keys: set[str]) -> None:
    assert meant(written, NAMES) == keys


def test_what_is_alike_is_told_once_the_best_first() -> None:
    names = {"gare du midi": 1, "zuidstation": 1, "gare du nord": 2, "trone": 3}
    assert most_alike("gare du mdi", names, 2) == [1, 2]


@given(st.text(max_size=300))
def test_any_text_is_taken(written: str) -> None:
    line_key(written)
    assert meant(written, NAMES) <= set(NAMES)
    assert len(most_alike(written, {"gare du midi": 1}, 3)) <= 1
