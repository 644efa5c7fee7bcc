"""A choice by its number."""

import pytest

from actions.ordinals import ordinal


@pytest.mark.parametrize(
    ("written", "position"),
    [("1", 0), (" 3. ", 2), ("2)", 1), ("0", None), ("4", None), ("99", None), ("2 sacs", None), ("", None)],
)
def test_a_number_names_the_choice_at_its_place(written, position):
    assert ordinal(written, 3) == position
