"""``python -m bot``: train, then parse, with a tiny model; and what is said where that is impossible."""

import io
import json
import sys
import tarfile
from argparse import Namespace
from pathlib import Path

import numpy as np
import pytest

from bot import __main__ as launcher
from bot import patches

patches.apply()

from rasa.core.agent import Agent  # noqa: E402

from bot.commands import ablation, parsing, training  # noqa: E402
from bot.importers.errors import DataFileError  # noqa: E402

_ROOT = Path(__file__).resolve().parents[4]
SENTENCES = {
    "fr": {
        "greet": ["bonjour", "salut à tous"],
        "thank": ["merci", "merci beaucoup"],
        "inform": ["Flagey", "à Flagey"],
    },
    "nl": {
        "greet": ["goeiedag", "dag allemaal"],
        "thank": ["bedankt", "dank u wel"],
        "inform": ["Flagey", "aan Flagey"],
    },
    "en": {"greet": ["hello", "good morning"], "thank": ["thanks", "thank you"], "inform": ["Flagey", "at Flagey"]},
}


def _write(folder: Path, sentences: dict) -> Path:
    for language, intents in sentences.items():
        target = folder / "nlu" / language
        target.mkdir(parents=True)
        blocks = "".join(
            f"- intent: {name}\n  examples: |\n" + "".join(f"    - {text}\n" for text in texts)
            for name, texts in intents.items()
        )
        (target / "small.yml").write_text(f"version: '3.1'\nnlu:\n{blocks}")
    return folder


def _train(data: Path, out: Path, gazetteer: Path | None = None) -> int:
    return training.train_model(data, _ROOT / "domain.yml", _ROOT / "config.yml", gazetteer, out)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("train")
    gazetteer = folder / "gazetteer.json"
    names = [{"id": "stop:flagey", "kind": "stop", "fr": ["Flagey"], "nl": ["Flagey"]}]
    gazetteer.write_text(json.dumps({"names": names, "lines": ["81"]}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BXL_GAZETTEER", "")
        patch.setenv("RASA_CACHE_DIRECTORY", "")
        assert _train(_write(folder / "data", SENTENCES), folder / "model.tar.gz", gazetteer) == 18
    return folder / "model.tar.gz"


@pytest.fixture(scope="module")
def agent(model):
    return Agent.load(model)


def _run(
    monkeypatch, capsys, model: Path, content: bytes, file: str = "-", *, batch: int = 1
) -> tuple[int, list[dict], str]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out := io.BytesIO()))
    code = parsing.run(Namespace(model=model, file=file, batch=batch))
    sys.stdout.flush()
    return code, [json.loads(line) for line in out.getvalue().splitlines()], capsys.readouterr().err


def test_the_model_holds_no_pickle(model):
    with tarfile.open(model) as archive:
        names = archive.getnames()
        assert any(name.endswith(".npz") for name in names)
        assert not [name for name in names if name.endswith((".pkl", ".pickle", ".joblib"))]
        for member in archive.getmembers():
            if member.name.endswith(".npz"):
                with np.load(io.BytesIO(archive.extractfile(member).read()), allow_pickle=False) as arrays:
                    assert all(arrays[name].dtype != object for name in arrays.files)


def test_lines_are_parsed_in_order_in_the_agreed_shape(monkeypatch, capsys, model):
    lines = b'{"text": "merci"}\n\n{"text": "ok", "language": "nl"}\n{"text": "aan Flagey"}\n'
    code, answers, _ = _run(monkeypatch, capsys, model, lines)
    assert code == 0
    assert [answer["text"] for answer in answers] == ["merci", "ok", "aan Flagey"]
    for answer in answers:
        assert list(answer) == ["text", "language", "intent", "confidence", "entities", "ranking"]
        assert len(answer["ranking"]) <= 3
    assert answers[1]["language"] == "nl"
    assert {"entity": "stop", "value": "Flagey", "start": 4, "end": 10} in answers[2]["entities"]


@pytest.mark.parametrize("batch", [2, 50])
def test_lines_in_a_batch_are_understood_as_they_are_alone(monkeypatch, capsys, model, batch):
    lines = b"".join(
        json.dumps(each).encode() + b"\n"
        for each in (
            {"text": "merci"},
            {"text": "ok", "language": "nl"},
            {"text": "ok", "language": "fr"},
            {"text": "aan Flagey"},
            {"text": ""},
            {"text": "/greet"},
            {"text": "hello, at Flagey"},
        )
    )
    alone = _run(monkeypatch, capsys, model, lines)
    assert _run(monkeypatch, capsys, model, lines, batch=batch) == alone
    assert len(alone[1]) == 7


@pytest.mark.parametrize(
    "line", [b"no json", b"[]", b'{"texte": "x"}', b'{"text": 1}', b'{"text": "x", "language": 1}']
)
def test_a_line_of_another_shape_is_named(monkeypatch, capsys, model, line):
    code, answers, error = _run(monkeypatch, capsys, model, b'{"text": "merci"}\n' + line + b"\n")
    assert (code, len(answers)) == (1, 1)
    assert "line 2" in error


def test_bytes_that_are_no_utf8_and_half_characters_are_parsed(monkeypatch, capsys, model):
    code, answers, _ = _run(monkeypatch, capsys, model, b'{"text": "merci \xff\xfe"}\n{"text": "\\ud83d merci"}\n')
    assert (code, len(answers)) == (0, 2)


def test_a_missing_model_and_a_missing_file_are_said(monkeypatch, capsys, model):
    assert _run(monkeypatch, capsys, Path("none.tar.gz"), b"")[0] == 1
    code, _, error = _run(monkeypatch, capsys, model, b"", "none.jsonl")
    assert code == 1
    assert "none.jsonl" in error


@pytest.mark.parametrize("text", ["/restart", '/inform{"stop": "Flagey"}', " /greet", "//greet", "\u200b/greet"])
def test_a_typed_command_is_text(agent, text):
    (answer,) = parsing.understand(agent, [(text, None)])
    assert answer["text"] == text
    assert answer["confidence"] < 1.0 or answer["intent"] == "nlu_fallback"


def test_places_are_those_of_the_text_as_typed(agent):
    text = "  /// à Flagey"
    found = parsing.understand(agent, [(text, None)])[0]["entities"]
    assert {text[each["start"] : each["end"]] for each in found if each["entity"] == "stop"} == {"Flagey"}


def test_an_intent_that_the_domain_lacks_is_named(tmp_path, monkeypatch):
    monkeypatch.delenv("BXL_GAZETTEER", raising=False)
    data = _write(tmp_path / "data", {"fr": {"dance": ["danse"], "greet": ["bonjour"]}})
    with pytest.raises(DataFileError, match="intent 'dance' is not in"):
        _train(data, tmp_path / "m.tar.gz")


def test_one_intent_is_not_enough(tmp_path, monkeypatch):
    monkeypatch.delenv("BXL_GAZETTEER", raising=False)
    with pytest.raises(DataFileError, match="at least two intents"):
        _train(_write(tmp_path / "data", {"fr": {"greet": ["bonjour"]}}), tmp_path / "m.tar.gz")


def test_data_that_cannot_be_used_end_the_command_with_the_reason(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("BXL_GAZETTEER", raising=False)
    missing = tmp_path / "none.json"
    options = ["train", "--out", str(tmp_path / "m.tar.gz"), "--gazetteer", str(missing)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BXL_GAZETTEER", "")
        assert launcher.main(options) == 1
    assert str(missing) in capsys.readouterr().err
    assert not (tmp_path / "m.tar.gz").exists()


def test_the_ablation_measures_every_variant(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("BXL_GAZETTEER", raising=False)
    data = _write(tmp_path / "data", SENTENCES)
    (data / "nlu" / "fr" / "far.yml").write_text(
        "version: '3.1'\nnlu:\n- intent: out_of_scope\n  examples: |\n    - une blague\n    - une autre blague\n"
    )
    assert ablation.run(Namespace(data=data, gazetteer=None, folds=2)) == 0
    rows = {line[:32].strip(): line[32:].split() for line in capsys.readouterr().out.splitlines()[1:]}
    assert {"names not masked", "words only", "one model a language", "names vote"} <= set(rows)
    assert all(0 <= float(share) <= 100 for share in rows["names not masked"] + rows["names vote"])
