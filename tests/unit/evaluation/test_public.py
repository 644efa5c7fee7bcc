from __future__ import annotations

import json

import pytest

from evaluation import public, public_data
from evaluation.public_data import Item
from evaluation.rejection import Ranked


def _clinc(folder):
    content = {
        "train": [["play a song", "play_music"], ["what time is it", "time"]],
        "val": [["play me something", "play_music"]],
        "test": [["is it late", "time"]],
        "oos_train": [["why is the sky blue", "oos"]],
        "oos_val": [["who invented glue", "oos"]],
        "oos_test": [["how tall is a giraffe", "oos"]],
    }
    (folder / "data_full.json").write_text(json.dumps(content))


def _jsonl(folder, *items, name="mine.jsonl"):
    (folder / name).write_text("\n".join(json.dumps(item) for item in items) + "\n\n")


def _line(text="x", intent="a", split="train", **more):
    return {"text": text, "intent": intent, "split": split, **more}


def test_clinc150_is_read_as_it_is_published(tmp_path):
    _clinc(tmp_path)
    (dataset,) = public_data.load(tmp_path)
    assert dataset.name == "data_full"
    assert dataset.of("test") == [
        Item("is it late", "time", "test"),
        Item("how tall is a giraffe", "out_of_scope", "test"),
    ]
    assert len(dataset.of("train")) == 3


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(_line(split="validation"), Item("x", "a", "val"), id="another name of a split"),
        pytest.param(_line(intent="oos", split="val"), Item("x", "out_of_scope", "val"), id="an intent that is none"),
        pytest.param(_line(split="oos_val"), Item("x", "out_of_scope", "val"), id="a split out of scope"),
        pytest.param(_line(split="oos"), Item("x", "out_of_scope", "test"), id="out of scope, for the test"),
        pytest.param(_line(split="dev", language="nl"), Item("x", "a", "val", "nl"), id="a language"),
        pytest.param(_line(split="dev", language=None), Item("x", "a", "val"), id="no language"),
    ],
)
def test_lines_are_read_in_the_ways_people_write_them(tmp_path, line, expected):
    _jsonl(tmp_path, line, _line(), _line(intent="b"), _line(split="test"))
    (dataset,) = public_data.load(tmp_path)
    assert dataset.items[0] == expected


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(_line(split="later"), r"mine.jsonl:2: split 'later' is none of train, val, test, oos", id="split"),
        pytest.param({"text": "x", "split": "test"}, r"mine.jsonl:2: needs text, intent and split", id="no intent"),
        pytest.param(_line(text=3), r"mine.jsonl:2: .* are strings", id="a number"),
        pytest.param(["x"], r"mine.jsonl:2: needs text", id="a list"),
    ],
)
def test_a_line_of_another_shape_is_named(tmp_path, line, reason):
    _jsonl(tmp_path, _line(), line)
    with pytest.raises(ValueError, match=reason):
        public_data.load(tmp_path)


def test_what_cannot_be_measured_is_said(tmp_path):
    with pytest.raises(ValueError, match="no such folder"):
        public_data.load(tmp_path / "none")
    with pytest.raises(ValueError, match=r"neither data_full.json nor"):
        public_data.load(tmp_path)
    _jsonl(tmp_path, _line())
    with pytest.raises(ValueError, match="no sentence of split test"):
        public_data.load(tmp_path)
    _jsonl(tmp_path, _line(), _line(split="test"))
    with pytest.raises(ValueError, match="one intent only"):
        public_data.load(tmp_path)
    (tmp_path / "data_full.json").write_text("[1, 2]")
    with pytest.raises(ValueError, match="not the shape of CLINC150"):
        public_data.load(tmp_path)


def _found(dataset, confidences):
    rest = [item for item in dataset.items if item.split != "train"]
    return [(item, Ranked(item.intent, found, sure)) for item, (found, sure) in zip(rest, confidences, strict=True)]


def test_the_threshold_is_chosen_on_validation_and_told_on_test_beside_published_figures(tmp_path):
    _clinc(tmp_path)
    (dataset,) = public_data.load(tmp_path)
    found = _found(dataset, [("play_music", 0.8), ("time", 0.9), ("time", 0.5), ("time", 0.2)])
    chosen, curve, published = public.report(dataset, found, 77)
    assert [row[0] for row in chosen.rows] == [
        "none",
        "most right decisions on validation, as published",
        "rejects 77 % on validation",
        "keeps 91.5 % in scope right on validation",
    ]
    assert chosen.rows[2][1] == "0.800"
    assert chosen.rows[2][2].startswith("100.0")
    assert chosen.rows[2][3].startswith("100.0")
    assert curve.rows[-1][1:] == ("100.0", "100.0")
    assert ("BERT", "96.2", "52.3") in published.rows
    assert "Larson" in published.title


def test_without_validation_nothing_is_rejected_and_languages_are_told_apart(tmp_path):
    _jsonl(
        tmp_path,
        _line(),
        _line(intent="b"),
        _line(split="test", language="fr"),
        _line(split="test", language="nl"),
    )
    (dataset,) = public_data.load(tmp_path)
    tables = public.report(dataset, _found(dataset, [("a", 0.1), ("b", 0.1)]), 77)
    assert [row[0] for row in tables[0].rows] == ["none"]
    assert [(row[0], row[2][:5]) for row in tables[1].rows] == [("fr", "100.0"), ("nl", "0.0 [")]
    assert len(tables) == 2


def test_data_that_cannot_be_read_ends_with_the_reason(tmp_path, capsys):
    assert public.main([str(tmp_path)]) == 1
    assert "neither data_full.json" in capsys.readouterr().err
