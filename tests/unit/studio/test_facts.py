"""Facts in sentences are shown by the vocabulary's phrases, the longest first, and by marks."""

from __future__ import annotations

import pytest

from services.studio.editing.facts import Facts, Piece

VOCABULARY = """\
vocabulary:
  fraction:
    white: [sac blanc, blanc]
    blue: [p+mc, "ou"]
  facet: {cost: [c'est combien]}
"""


@pytest.fixture
def facts(place):
    place.write("data/nlu/fr/vocabulary.yml", VOCABULARY)
    return Facts(place.root)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Le Sac-Blanc ou le blanc ?", ["Le ", ("Sac-Blanc", "fraction"), " ou le ", ("blanc", "fraction"), " ?"]),
        ("le P+MC, c’est combien", ["le ", ("P+MC", "fraction"), ", ", ("c’est combien", "facet")]),
        (
            "une [boîte](waste_item) dans le blanc",
            ["une ", ("boîte", "waste_item"), " dans le ", ("blanc", "fraction")],
        ),
        ('un [frigo]{"entity": "waste_item"}', ["un ", ("frigo", "…")]),
        ("rien de tout cela", ["rien de tout cela"]),
        ("", []),
    ],
)
def test_a_sentence_in_pieces(facts, sentence, expected):
    wanted = [Piece(each) if isinstance(each, str) else Piece(*each) for each in expected]
    assert facts.pieces("fr", sentence) == wanted


def test_a_vocabulary_that_changes_is_read_again_and_a_broken_one_shows_nothing(facts, place):
    assert len(facts.pieces("fr", "le sac blanc")) == 2
    place.write("data/nlu/fr/vocabulary.yml", "vocabulary: [")
    assert facts.pieces("fr", "le sac blanc") == [Piece("le sac blanc")]
    place.write("data/nlu/fr/vocabulary.yml", VOCABULARY)
    assert len(facts.pieces("fr", "le sac blanc")) == 2
    assert facts.pieces("nl", "le sac blanc") == [Piece("le sac blanc")]
