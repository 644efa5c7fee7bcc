"""A question at the desk: in which languages it is answered, and which texts an answer is made of."""

from __future__ import annotations

import pytest

from kit import helping
from kit.replies import listing, text

ASKED = {"help": helping.asked(None, "fr", fresh=True)}


@pytest.mark.parametrize(
    ("metadata", "known", "languages"),
    [
        (None, "nl", ("nl",)),
        (None, None, ("fr", "nl")),
        (ASKED, "nl", ("nl", "fr")),
        (ASKED, "fr", ("fr",)),
        (ASKED, None, ("fr", "nl")),
        ({"help": helping.asked(None, "en", fresh=True)}, None, ("fr", "nl", "en")),
        ({"help": "no"}, "nl", ("nl",)),
    ],
)
def test_an_answer_is_in_the_caller_s_language_first_and_in_the_operator_s(metadata, known, languages):
    assert helping.languages(metadata, known) == languages


def test_a_language_that_was_chosen_counts_more_than_that_of_the_words():
    assert helping.first({"help": helping.asked("nl", "fr", fresh=False)}, "fr") == "nl"
    assert helping.first(ASKED, "en") == "en"


def test_only_a_new_question_is_fresh():
    assert helping.is_fresh(ASKED)
    assert not helping.is_fresh({"help": helping.asked(None, "fr", fresh=False)})
    assert not helping.is_fresh({"language": "fr"})


def test_the_texts_of_an_answer_are_named_in_their_order():
    said = {"a": text("outer", lines=listing([text("inner"), "81"])), "b": 3}
    assert list(helping.texts_in(said)) == ["outer", "inner"]
