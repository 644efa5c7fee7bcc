import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation import rejection
from evaluation.rejection import Ranked

RANKED = [
    Ranked("a", "a", 0.9),
    Ranked("a", "a", 0.5),
    Ranked("b", "a", 0.8),
    Ranked("b", "b", -1.0),
    Ranked("out_of_scope", "a", 0.6),
    Ranked("out_of_scope", "a", 0.4),
    Ranked("out_of_scope", "b", -1.0),
]


def test_a_rejection_is_wrong_in_scope_and_right_out_of_scope():
    found = rejection.outcome(RANKED, 0.5)
    assert (found.right.held, found.right.of) == (2, 4)
    assert (found.rejected.held, found.rejected.of) == (2, 3)


def test_what_was_taken_for_none_is_rejected_without_a_threshold():
    found = rejection.outcome(RANKED, 0.0)
    assert (found.right.held, found.rejected.held) == (2, 1)


def test_the_lowest_threshold_that_rejects_enough_is_taken():
    assert rejection.rejecting(RANKED, 60) == 0.5
    assert rejection.rejecting(RANKED, 70) == 0.8
    assert rejection.rejecting(RANKED, 10) == 0.0


def test_the_highest_threshold_that_keeps_enough_is_taken():
    assert rejection.keeping(RANKED, 50) == 0.5
    assert rejection.keeping(RANKED, 90) == 0.0


def test_the_most_right_decisions_weigh_both_kinds_by_their_number():
    assert rejection.most_right(RANKED) == 0.5
    assert rejection.most_right([*RANKED, *[Ranked("a", "a", 0.3)] * 5]) == 0.0


_RANKED = st.builds(
    Ranked,
    wanted=st.sampled_from(["a", "b", "out_of_scope"]),
    found=st.sampled_from(["a", "b"]),
    confidence=st.one_of(st.just(-1.0), st.floats(0, 1)),
)


@given(st.lists(_RANKED, max_size=30))
def test_the_curve_is_the_outcome_of_each_threshold(ranked):
    for each in rejection.curve(ranked):
        assert each == rejection.outcome(ranked, each.threshold)


@pytest.mark.parametrize(
    "choose",
    [
        rejection.most_right,
        lambda ranked: rejection.rejecting(ranked, 77),
        lambda ranked: rejection.keeping(ranked, 91),
    ],
)
def test_nothing_to_choose_from_rejects_nothing(choose):
    assert choose([]) == 0.0
