"""A choice by its number."""

import pytest

from actions.ordinals import ordinal


@pytest.mark.parametrize(
    ("written", "position"),
    [("1", 0), (" 3. ", 2), ("2)", 1), ("0", None), ("4", None), ("99", None), ("2 sacs", None), ("", None)],
)
def test_a_number_names_the_choice_at_its_place(written, position):
    assert ordinal(written, 3) == position


@pytest.mark.parametrize(
    ("written", "position"),
    [
        ("the first one", 0),
        ("La deuxième, s'il vous plaît", 1),
        ("ok de derde", 2),
        ("the last one please", 2),
        ("the fourth", None),
        ("first thing tomorrow", None),
    ],
)
def test_words_name_the_choice_at_its_place(written, position):
    assert ordinal(written, 3) == position


def test_there_is_no_last_of_no_choices():
    assert ordinal("the last one", 0) is None
