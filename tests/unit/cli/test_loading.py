"""What a load finds in the conversations: messages that were lost, doubled or out of order."""

import pytest
from prometheus_client import generate_latest

from services.cli.loading.residents import Talk, excused, judge
from services.gateway.core.observability import Metrics


def _kept(*said):
    return [{"author": author, "text": text} for author, text in said]


_ASKED = ["one", "two"]
_WHOLE = [("assistant", "hello"), ("resident", "one"), ("assistant", "1"), ("resident", "two"), ("assistant", "2")]


@pytest.mark.parametrize(
    ("kept", "lost", "doubled", "misplaced"),
    [
        (_WHOLE, 0, 0, 0),
        (_WHOLE[:-1], 1, 0, 0),
        (_WHOLE[:3], 1, 0, 0),
        ([*_WHOLE, ("resident", "two"), ("assistant", "2")], 0, 1, 0),
        ([*_WHOLE[3:], *_WHOLE[1:3]], 0, 0, 2),
        ([("resident", "one"), ("resident", "two"), ("assistant", "2")], 1, 0, 0),
    ],
    ids=["whole", "not answered", "not there", "twice", "the other way round", "passed over"],
)
def test_what_became_of_the_messages(kept, lost, doubled, misplaced):
    found = Talk()
    judge(found, _ASKED, _kept(*kept))
    assert (found.lost, found.doubled, found.misplaced) == (lost, doubled, misplaced)
    assert bool(found.wrong) == bool(lost or doubled or misplaced)


def test_what_the_gateway_answered_by_itself_is_read_in_its_metrics():
    metrics = Metrics()
    metrics.turns.labels("rasa").inc(5)
    metrics.turns.labels("fallback").inc(2)
    assert excused(generate_latest(metrics.registry).decode()) == 2
    assert excused(generate_latest(Metrics().registry).decode()) == 0
    assert Talk(excused=2, sent=7).wrong == ["2 of 7 messages not answered by the assistant"]
