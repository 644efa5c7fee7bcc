"""``bxl replay`` with real models: the assistant's, and a tiny one that knows three questions."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from services.cli import paths

_KNOWS = {
    "fr": {
        "greet": ["bonjour", "salut à tous"],
        "thank": ["merci", "merci beaucoup"],
        "inform": ["Flagey", "à Flagey"],
    },
    "nl": {"greet": ["goeiedag", "dag allemaal"], "thank": ["bedankt", "dank u wel"], "inform": ["aan Flagey"]},
}
_ASKED = (
    {"text": "merci beaucoup", "language": "fr", "intent": "thank"},
    {
        "text": "quand passe le camion pour le sac jaune rue Blaes 20",
        "language": "fr",
        "intent": "waste_collection_day",
    },
    {"text": "mijn huis staat in brand", "language": "nl", "intent": "city_emergency"},
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Train a tiny model."""
    folder = tmp_path_factory.mktemp("tiny")
    for language, intents in _KNOWS.items():
        file = folder / "data" / "nlu" / language / "small.yml"
        file.parent.mkdir(parents=True)
        blocks = [
            f"- intent: {name}\n  examples: |\n" + "".join(f"    - {text}\n" for text in texts)
            for name, texts in intents.items()
        ]
        file.write_text(f"version: '3.1'\nnlu:\n{''.join(blocks)}", encoding="utf-8")
    out = folder / "tiny.tar.gz"
    command = [paths.PYTHON_RASA, "-m", "bot", "train", "--data", folder / "data", "--out", out]
    subprocess.run(list(map(str, command)), cwd=paths.ROOT, check=True, capture_output=True)  # noqa: S603
    return out


def _replay(old: Path, new: Path, file: Path) -> tuple[int, str, str]:
    command = [paths.PYTHON, "-m", "evaluation.replay", "--old", old, "--new", new, "--json", file]
    gazetteer = ["--gazetteer", file.with_name("gazetteer.json")]
    done = subprocess.run(  # noqa: S603
        list(map(str, command + gazetteer)), cwd=paths.ROOT, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    names = [{"id": "street:1", "fr": ["Rue Blaes"], "nl": ["Blaesstraat"]}]
    (tmp_path / "gazetteer.json").write_text(json.dumps({"names": names}))
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in _ASKED), encoding="utf-8")
    return file


def test_what_the_other_model_does_not_understand_is_listed_with_the_worst_first(
    model: Path, tiny: Path, questions: Path
) -> None:
    code, out, error = _replay(model, tiny, questions)
    assert code == 0, error
    found: dict[str, Any] = json.loads(out)
    assert [each["text"] for each in found["changes"]] == [_ASKED[2]["text"], _ASKED[1]["text"]]
    assert {each["verdict"] for each in found["changes"]} == {"worse"}
    assert found["by_language"]["fr"] == {"questions": 2, "changed": 1, "worse": 1, "other": 0, "better": 0}
    assert found["changes"][0]["before"]["intent"] == "city_emergency"


def test_a_file_that_is_no_model_is_said_in_one_line(model: Path, questions: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"nothing")
    code, out, error = _replay(model, broken, questions)
    assert (code, out) == (1, "")
    assert error.startswith("cannot replay: ")
    assert len(error.splitlines()) == 1
    assert "Traceback" not in error
