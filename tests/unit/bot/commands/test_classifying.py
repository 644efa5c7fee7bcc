"""``python -m bot classify``: learns some sentences and ranks others, with the assistant's own classifier."""

import io
import json
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from bot import patches

patches.apply()

from bot.commands import classifying  # noqa: E402

_CONFIG = Path(__file__).resolve().parents[4] / "config.yml"
MUSIC = ["play a song", "put on some music", "play my favourite song", "i want to hear music"]
TIME = ["what time is it", "tell me the time", "is it late", "what does the clock say"]
ITEMS = [
    *({"text": text, "intent": "music", "split": "train"} for text in MUSIC),
    *({"text": text, "intent": "time", "split": "train"} for text in TIME),
    {"text": "play some music", "intent": "music", "split": "test"},
    {"text": "THE TIME, what is it?", "intent": "time", "split": "val"},
]


def test_what_is_not_to_be_learnt_is_ranked_in_its_order():
    music, time = classifying.classify(ITEMS, _CONFIG)
    assert [name for name, _ in music["ranking"]] == ["music", "time"]
    assert time["ranking"][0][0] == "time"
    assert music["ranking"][0][1] > music["ranking"][1][1] >= 0


def _run(monkeypatch, capsys, lines: str, config: Path = _CONFIG):
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    code = classifying.run(Namespace(config=config))
    read = capsys.readouterr()
    return code, [json.loads(line) for line in read.out.splitlines()], read.err


def test_lines_in_lines_out(monkeypatch, capsys):
    code, answers, _ = _run(monkeypatch, capsys, "".join(json.dumps(item) + "\n" for item in ITEMS))
    assert code == 0
    assert [set(answer) for answer in answers] == [{"intent", "ranking"}] * 2


def test_the_assistants_own_options_are_used(monkeypatch, capsys, tmp_path):
    config = tmp_path / "config.yml"
    config.write_text("pipeline:\n- name: bot.components.intent.MaskedIntentClassifier\n  threshold: 1.1\n")
    code, answers, _ = _run(monkeypatch, capsys, "".join(json.dumps(item) + "\n" for item in ITEMS), config)
    assert (code, [answer["intent"] for answer in answers]) == (0, ["nlu_fallback", "nlu_fallback"])


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        pytest.param("{}\n", "line 1: expected an object", id="no text"),
        pytest.param("no json\n", "cannot classify", id="no JSON"),
        pytest.param(json.dumps(ITEMS[0]), "fewer than two intents", id="one intent"),
    ],
)
def test_what_cannot_be_learnt_is_said(monkeypatch, capsys, lines, reason):
    code, answers, error = _run(monkeypatch, capsys, lines)
    assert (code, answers) == (1, [])
    assert reason in error


def test_a_configuration_without_the_classifier_is_named(monkeypatch, capsys, tmp_path):
    config = tmp_path / "config.yml"
    config.write_text("pipeline: []\n")
    code, _, error = _run(monkeypatch, capsys, "".join(json.dumps(item) + "\n" for item in ITEMS), config)
    assert code == 1
    assert str(config) in error
