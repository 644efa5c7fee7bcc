"""What a load finds in the conversations: messages that were lost, doubled or out of order."""

import pytest

from services.cli.loading.residents import Talk, judge


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
