"""What a replay says, to people and to programs."""

from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

from evaluation.costs import Costs
from evaluation.replay import report
from evaluation.replay.comparing import Comparing
from evaluation.replay.questions import Question
from evaluation.replay.report import Replay
from evaluation.understanding import Understood


def understood(intent, street):
    return Understood("fr", intent, 0.9, [{"entity": "street", "value": street}], [(intent, 0.9)])


@pytest.fixture
def replay(resolver):
    questions = [Question("où est [rue] Blaes ?", "fr"), Question("secret", shown="(held-out sentence fr/waste 1a2b)")]
    before = [understood("thank", "Rue Blaes"), understood("thank", "Rue Blaes")]
    after = [understood("greet", "Rue Haute"), understood("thank", "Rue Haute")]
    changes = Comparing(Costs(), resolver).changes(questions, before, after)
    return Replay(("old", "new"), questions, before, changes, 1.25)


def printed(replay, most=200):
    report.write(Console(file=(out := io.StringIO()), width=200, highlight=False), replay, most)
    return out.getvalue()


def test_people_read_the_question_and_both_sides(replay):
    text = printed(replay)
    assert "2 questions on old and new: 2 are understood differently" in text
    assert "où est [rue] Blaes ?" in text
    assert "thank 0.90, street: Rue Blaes" in text
    assert "greet 0.90, street: Rue Haute" in text


def test_neither_people_nor_programs_read_a_held_out_sentence(replay):
    held_out = next(each for each in replay.as_json()["changes"] if each["held_out"])
    assert "Rue" not in json.dumps(held_out)
    assert "secret" not in json.dumps(replay.as_json()) + printed(replay)
    line = next(line for line in printed(replay).splitlines() if "1a2b" in line)
    assert "Rue" not in line


def test_a_long_list_ends_with_how_many_more_there_are(replay):
    assert "… and 1 more" in printed(replay, most=1)


def test_programs_read_everything(replay):
    found = json.loads(json.dumps(replay.as_json()))
    assert {key: found[key] for key in ("old", "new", "questions", "changed", "seconds")} == {
        "old": "old",
        "new": "new",
        "questions": 2,
        "changed": 2,
        "seconds": 1.2,
    }
    first = found["changes"][0]
    assert first["changed"] == ["intent", "facts"]
    assert first["before"]["facts"] == {"street": ["Rue Blaes"]}
    assert first["after"]["intent"] == "greet"


def test_nothing_that_changes_is_said_in_one_line(resolver):
    assert len(printed(Replay(("old", "new"), [Question("x")], [], [], 1.0)).splitlines()) == 1
