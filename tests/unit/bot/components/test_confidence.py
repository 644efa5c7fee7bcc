"""Confidence: what is given seventy per cent is right seven times in ten, and nothing turns the ranking around."""

import numpy as np
import pytest

from bot.components.confidence import Confidence

#: Three intents and, last, being out of scope.
REJECTING = 3


@pytest.fixture(scope="module")
def sentences():
    """Logits of 4,000 sentences whose right intent's is higher by 3 on average, all of them too low by 2."""
    chance = np.random.default_rng(1)
    labels = chance.integers(0, 4, 4000)
    logits = chance.normal(-4.0, 1.5, (4000, 4))
    logits[np.arange(4000), labels] += 3.0
    return logits, np.zeros(4000), labels


@pytest.fixture(scope="module")
def learnt(sentences):
    return Confidence.fit(*sentences, REJECTING)


def test_confidence_can_be_taken_at_its_word(sentences, learnt):
    assert expected_error(Confidence(), sentences) > 0.2
    assert expected_error(learnt, sentences) < 0.05


def expected_error(confidence, sentences):
    logits, _, labels = sentences
    likely = np.array([confidence.of(row, 0.0, REJECTING) for row in logits])
    top, right = likely.max(axis=1), likely.argmax(axis=1) == labels
    tenth = np.minimum((top * 10).astype(int), 9)
    return sum(abs(top[tenth == each].sum() - right[tenth == each].sum()) for each in range(10)) / len(labels)


def test_the_order_of_intents_stays_that_of_their_logits(sentences, learnt):
    for row in sentences[0][:200]:
        assert list(np.argsort(-learnt.of(row, 0.3, REJECTING)[:3])) == list(np.argsort(-row[:3]))


def test_an_intent_is_less_likely_beside_a_rival_and_beside_being_out_of_scope(learnt):
    alone = learnt.of(np.array([0.0, -5.0, -5.0, -5.0]), 0.0, REJECTING)[0]
    assert learnt.of(np.array([0.0, -0.5, -5.0, -5.0]), 0.0, REJECTING)[0] < alone
    assert learnt.of(np.array([0.0, -5.0, -5.0, -0.5]), 0.0, REJECTING)[0] < alone


def test_a_sentence_of_unknown_words_is_less_likely_to_be_understood(sentences):
    logits, _, labels = sentences
    strange = np.where(labels == REJECTING, 0.8, 0.2)
    learnt = Confidence.fit(logits, strange, labels, REJECTING)
    row = np.array([-1.0, -4.0, -4.0, -3.0])
    assert learnt.of(row, 0.9, REJECTING)[0] < learnt.of(row, 0.1, REJECTING)[0]


def test_without_an_intent_of_being_out_of_scope_the_others_are_learnt(sentences):
    logits, unseen, labels = sentences
    inside = labels != REJECTING
    learnt = Confidence.fit(logits[inside, :3], unseen[inside], labels[inside], None)
    assert learnt.inside != Confidence().inside
    assert learnt.of(np.array([2.0, -4.0, -4.0]), 0.0, None).argmax() == 0


def test_nonsense_is_not_learnt():
    chance = np.random.default_rng(2)
    logits = chance.normal(0, 1, (400, 4))
    learnt = Confidence.fit(logits, np.zeros(400), logits[:, :3].argmin(axis=1), REJECTING)
    assert learnt.inside == Confidence().inside


def test_what_was_learnt_is_kept_as_json(learnt):
    assert Confidence.from_json(learnt.as_json()) == learnt
