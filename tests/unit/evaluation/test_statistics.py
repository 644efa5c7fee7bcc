import pytest

from evaluation.statistics import mcnemar, wilson


@pytest.mark.parametrize(
    ("held", "of", "low", "high"),
    [
        # Newcombe (1998), Two-sided confidence intervals for the single proportion, table I, method 3.
        pytest.param(81, 263, 25.53, 36.62, id="a middling share"),
        pytest.param(15, 148, 6.24, 16.05, id="a small share"),
        pytest.param(0, 20, 0.0, 16.11, id="none"),
        pytest.param(1, 29, 0.61, 17.18, id="one"),
        pytest.param(20, 20, 83.89, 100.0, id="all"),
    ],
)
def test_intervals_are_those_of_the_literature(held, of, low, high):
    assert wilson(held, of) == pytest.approx((low, high), abs=0.01)


def test_nothing_measured_says_nothing():
    assert wilson(0, 0) == (0.0, 100.0)


def test_a_share_of_more_than_all_is_refused():
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2)


@pytest.mark.parametrize(
    ("gained", "lost", "chance"),
    [
        pytest.param(0, 0, 1.0, id="nothing changed"),
        pytest.param(5, 5, 1.0, id="as many each way"),
        pytest.param(0, 5, 2 / 32, id="five of five heads"),
        pytest.param(1, 9, 22 / 1024, id="nine of ten"),
        pytest.param(9, 1, 22 / 1024, id="the other way round"),
    ],
)
def test_a_change_is_weighed_like_tosses_of_a_coin(gained, lost, chance):
    assert mcnemar(gained, lost) == pytest.approx(chance)


def test_thousands_of_changes_can_be_weighed():
    assert mcnemar(2000, 2000) == 1.0
    assert mcnemar(3000, 1000) < 1e-200
