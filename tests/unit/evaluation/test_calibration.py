import pytest

from evaluation import calibration


def test_a_bin_holds_what_is_as_sure_and_how_much_of_it_is_right(pair):
    pairs = [
        pair("thank", "thank", confidence=0.72),
        pair("thank", "deny", confidence=0.78),
        pair("thank", "thank", confidence=1.0),
    ]
    middle, sure = calibration.reliability(pairs)
    assert (middle.low, middle.high, middle.right.held, middle.right.of) == (0.7, 0.8, 1, 2)
    assert middle.confidence == pytest.approx(75)
    assert (sure.low, sure.right.held) == (0.9, 1)


def test_the_likeliest_intent_counts_even_where_it_fell_back(pair):
    found = calibration.reliability([pair("thank", "nlu_fallback", ranking=[("thank", 0.25), ("deny", 0.24)])])
    assert [(each.low, each.right.held) for each in found] == [(0.2, 1)]


def test_the_expected_error_is_the_mean_distance_from_the_truth(pair):
    pairs = [pair("thank", "thank", confidence=0.7)] * 3 + [pair("thank", "deny", confidence=0.2)]
    # 30 points off on three sentences, 20 on one.
    assert calibration.expected_error(calibration.reliability(pairs)) == pytest.approx(27.5)
    assert calibration.expected_error([]) == 0


def test_a_higher_threshold_rejects_more_and_understands_less(pair):
    pairs = [
        pair("thank", "thank", confidence=0.9),
        pair("thank", "thank", confidence=0.3),
        pair("out_of_scope", "thank", confidence=0.4),
        pair("out_of_scope", "out_of_scope", confidence=0.9),
    ]
    low, middle, high = calibration.trade_off(pairs, steps=2)
    assert (low.intent, low.out_of_scope, low.harm) == (100, 50, 25)
    assert (middle.intent, middle.out_of_scope, middle.harm) == (50, 100, 0)
    assert (high.intent, high.out_of_scope, high.harm) == (0, 100, 0)
