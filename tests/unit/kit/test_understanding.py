"""What came of a question, read off the texts that it was answered with."""

import pytest

from kit.understanding import OUTCOMES, outcome


@pytest.mark.parametrize(
    ("intent", "replies", "came"),
    [
        ("transport_next_departures", ["utter_departures"], "answered"),
        ("transport_next_departures", ["ask_stop"], "asked"),
        ("transport_next_departures", ["did_you_mean_one"], "asked"),
        ("transport_next_departures", ["utter_departures", "ask_direction"], "answered"),
        ("transport_next_departures", ["utter_city_unavailable"], "failed"),
        ("nlu_fallback", ["which_topic"], "clarified"),
        ("nlu_fallback", ["utter_found_instead"], "not_understood"),
        ("nlu_fallback", ["utter_collection_day"], "answered"),  # a fact that a form had asked for
        ("nlu_fallback", [], "not_understood"),
        ("out_of_scope", ["utter_out_of_scope"], "out_of_scope"),
        ("thank", ["utter_thank"], "said"),
        ("inform", ["utter_nothing_to_continue"], "not_understood"),
    ],
)
def test_what_came_of_it(intent, replies, came):
    assert outcome(intent, replies) == came
    assert came in OUTCOMES
