"""``prepare.model``: trained once, recorded, and nothing in its place where the training fails."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from services.cli import fingerprint, paths, prepare
from services.cli.console import CommandError
from services.publishing import models
from services.publishing.standing import Standing, StandingFile

_TRAINER = """#!{python}
import os, sys, time
out = sys.argv[sys.argv.index("--out") + 1]
{does}
"""
_TRAINS = "open(out, 'wb').write(os.urandom(100))"
_IS_KILLED = "open(os.path.join(os.path.dirname(out), '.half.partial'), 'wb').write(b'half'); os.kill(os.getpid(), 9)"
_CRASHES = "raise RuntimeError('boom')"


@pytest.fixture(autouse=True)
def train(tmp_path, monkeypatch):
    """Set what stands in for the trainer: a real program that does this."""
    monkeypatch.setattr(paths, "MODELS", tmp_path / "models")
    monkeypatch.setattr(paths, "STANDING", tmp_path / "standing.json")
    monkeypatch.setattr(paths, "PYTHON_RASA", tmp_path / "python")
    monkeypatch.setattr(fingerprint, "of_model_inputs", lambda: "0123456789abcdef")

    def trainer(does: str) -> None:
        file: Path = paths.PYTHON_RASA
        file.write_text(_TRAINER.format(python=sys.executable, does=does))
        file.chmod(0o755)

    trainer(_TRAINS)
    return trainer


def test_a_model_is_recorded_when_it_is_trained_and_used_again_as_long_as_it_is_the_same():
    path = prepare.model()
    assert json.loads(models.record_of(path).read_text())["sha256"] == models.digest(path)
    content = path.read_bytes()
    assert prepare.model().read_bytes() == content
    path.write_bytes(b"damaged")
    assert prepare.model().read_bytes() not in (content, b"damaged")


@pytest.mark.parametrize(
    ("does", "said"),
    [(_IS_KILLED, "ended from outside"), (_CRASHES, "could not be trained")],
    ids=["killed", "crashed"],
)
def test_a_training_that_does_not_end_well_leaves_nothing_that_could_be_taken_for_a_model(train, does, said):
    before = prepare.model()
    content = before.read_bytes()
    train(does)
    with pytest.raises(CommandError, match=said) as error:
        prepare.model(again=True)
    assert "the model that is live keeps answering" in error.value.mend[0]
    assert models.every(paths.MODELS) == [before]
    assert before.read_bytes() == content
    assert models.as_recorded(before)


def test_old_models_go_but_those_that_were_live(monkeypatch):
    StandingFile(paths.STANDING).write(Standing(("model-0", "model-3")))
    for number in range(10):
        monkeypatch.setattr(fingerprint, "of_model_inputs", lambda number=number: f"model-{number}")
        os.utime(prepare.model(), (number, number))
    kept = {models.name_of(each) for each in models.every(paths.MODELS)}
    assert kept == {"model-0", "model-3", *(f"model-{number}" for number in range(5, 10))}
    assert {each.name for each in paths.MODELS.glob("*.json")} == {f"{name}.json" for name in kept}
