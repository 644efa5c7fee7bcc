"""Terms: one text is weighed as scikit-learn weighs many; what a model has never seen is counted."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.components.terms import Counted, Kind, Terms

TEXTS = ["tram 0 vers la gare", "tram vers la mer", "le sac de la rue", "le sac jaune"]
WORDS = Kind("word", 1, 2, 0.7)
CHARACTERS = Kind("char_wb", 2, 3)


def learnt(kinds, texts=TEXTS):
    counted = Counted(texts, kinds)
    rows = np.arange(len(texts))
    return counted, counted.scales(rows), rows


def test_weights_are_those_of_scikit_learn():
    counted, scales, rows = learnt([WORDS])
    theirs = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2, token_pattern=r"\w+")
    expected = theirs.fit_transform(TEXTS).toarray()
    assert counted.features(scales, rows).toarray() == pytest.approx(0.7 * expected)


@pytest.mark.parametrize("text", [*TEXTS, "tram tram vers le sac", "un autre tram"], ids=str)
def test_one_text_is_read_like_many(text):
    texts = [*TEXTS, text]
    counted = Counted(texts, [WORDS, CHARACTERS])
    scales = counted.scales(np.arange(len(TEXTS)))
    many = counted.features(scales, np.array([len(TEXTS)])).toarray()[0]
    one = counted.terms(scales).read(text)
    alone = np.zeros(len(many))
    alone[one.columns] = one.values
    assert alone == pytest.approx(many, abs=1e-6)
    assert one.unseen == pytest.approx(float(counted.unseen(scales, np.array([len(TEXTS)]))[0]))


def test_terms_of_one_sentence_only_are_unseen():
    counted, scales, _ = learnt([Kind("word", 1, 1)])
    terms = counted.terms(scales)
    assert terms.read("tram").unseen == 0.0
    assert terms.read("jaune").unseen == 1.0
    assert terms.read("tram jaune").unseen == 0.5


def test_a_text_without_a_known_term_has_none():
    counted, scales, _ = learnt([WORDS, CHARACTERS])
    reading = counted.terms(scales).read("xyzzy")
    assert len(reading.columns) == len(reading.values) == 0
    assert reading.unseen == 1.0


def test_stored_terms_read_the_same(tmp_path):
    counted, scales, _ = learnt([WORDS, CHARACTERS])
    terms = counted.terms(scales)
    terms.save(tmp_path, "x")
    ours, theirs = terms.read(TEXTS[0]), Terms.load(tmp_path, "x").read(TEXTS[0])
    assert list(ours.columns) == list(theirs.columns)
    assert ours.values == pytest.approx(theirs.values)
