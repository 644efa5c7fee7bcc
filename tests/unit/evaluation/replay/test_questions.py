"""What is replayed, and that the held-out sentences' words are shown nowhere."""

from __future__ import annotations

import json

import pytest

from evaluation.heldout import Sentence
from evaluation.replay import questions
from evaluation.replay.questions import Question

SECRET = Sentence("Où va ce vélo ?", "fr", "waste", "waste_sorting")


def test_lines_become_questions(tmp_path):
    file = tmp_path / "q.jsonl"
    file.write_text('{"text": "où ?"}\n\n{"text": "waar?", "language": "nl", "intent": "thank"}\n', encoding="utf-8")
    assert questions.read(file) == [Question("où ?"), Question("waar?", "nl", "thank")]


@pytest.mark.parametrize(
    "line",
    ["no json", "[]", '{"texte": "x"}', '{"text": 1}', '{"text": "x", "language": "de"}', '{"text": "x", "intent": 1}'],
)
def test_a_line_that_is_no_question_is_named(tmp_path, line):
    file = tmp_path / "q.jsonl"
    file.write_text('{"text": "où ?"}\n' + line + "\n")
    with pytest.raises(ValueError, match=r"^line 2: "):
        questions.read(file)


def test_the_project_s_own_questions_know_what_they_mean():
    own = questions.own()
    assert {each.language for each in own} == {"fr", "nl", "en"}
    assert all(each.text and each.shown is None for each in own)
    assert any(each.intent == "transport_next_departures" for each in own)


def test_held_out_sentences_have_a_name_instead_of_words():
    (found,) = questions.held_out([SECRET])
    assert (found.text, found.intent) == (SECRET.text, SECRET.intent)
    assert found.label.startswith("(held-out sentence fr/waste ")
    assert "vélo" not in found.label


def test_a_held_out_sentence_in_somebody_s_file_is_not_shown_either(tmp_path):
    asked = questions.without_held_out([Question("ou va ce VELO ?"), Question("autre chose")], [SECRET])
    assert [each.label for each in asked] == [questions.held_out([SECRET])[0].label, "autre chose"]


def test_a_file_without_a_question_is_said(tmp_path):
    file = tmp_path / "q.jsonl"
    file.write_text("\n")
    with pytest.raises(ValueError, match="there is no question in it"):
        questions.load(file, with_held_out=False)


def test_the_held_out_sentences_come_besides_when_asked_for(tmp_path):
    file = tmp_path / "q.jsonl"
    file.write_text(json.dumps({"text": "une question à moi, rien qu'à moi"}) + "\n")
    alone, both = (questions.load(file, with_held_out=wanted) for wanted in (False, True))
    assert both[0] == alone[0]
    assert len(both) > 1000
    assert all(each.shown for each in both[1:])
