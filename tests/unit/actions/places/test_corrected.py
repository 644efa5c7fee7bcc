"""Which number a short text gives instead of the one before."""

import pytest

from actions.places.corrected import begins_a_correction, corrected_number, number_in


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("non, au 45", "45"),
        ("12 en fait", "12"),
        ("neen, 14 b eigenlijk", "14 b"),
        ("sorry, I meant number 12", "12"),
        ("le 202, pas le 200", "202"),
        ("nummer 8 en niet 21", "8"),
        ("number 8, not the 21", "8"),
        ("12 sacs sur le trottoir", None),
        ("rue Haute", None),
        ("", None),
    ],
)
def test_a_number_among_a_few_words(written, number):
    assert corrected_number(written) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [("au 45", "45"), ("het is 14b", "14b"), ("number 8, not 21", "8"), ("8 or maybe not", "8"), ("45 46", None)],
)
def test_a_number_and_what_stands_around_it(written, number):
    assert number_in(written) == number


@pytest.mark.parametrize("written", ["Non, le 202", "ik bedoelde 12", "I meant 12", "no, it's 14", "Nee: 14"])
def test_how_corrections_begin(written):
    assert begins_a_correction(written)


@pytest.mark.parametrize("written", ["le 202", "nonante", "12", "north 12", ""])
def test_how_they_do_not_begin(written):
    assert not begins_a_correction(written)
