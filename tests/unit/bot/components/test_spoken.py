"""Line numbers in words; "one" alone is a pronoun."""

import pytest

from bot.components.cues import Cues
from bot.components.folding import folded
from bot.components.spoken import SpokenLines, in_words

CUES = Cues({"line_word": ["tram", "line"], "line_article": ["the", "next", "le"]})
SPOKEN = SpokenLines(CUES, in_words(["1", "81"]))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("line one please", ["1"]),
        ("the eighty-one", ["81"]),
        ("le quatre-vingt-un", ["81"]),
        ("and the next one?", []),
        ("the one at Flagey", []),
    ],
)
def test_a_number_in_words_is_a_line_and_a_pronoun_is_none(text, lines):
    assert [each["value"] for each in SPOKEN.find(folded(text))] == lines
