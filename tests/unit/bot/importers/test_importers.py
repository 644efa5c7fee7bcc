"""One set of training data from every language's files; a file that cannot be used is named with the reason."""

import json
import shutil
from pathlib import Path

import pytest

from bot.importers import lookups
from bot.importers.errors import DataFileError
from bot.importers.gazetteer import read_gazetteer
from bot.importers.multilingual import GAZETTEER_VARIABLE, MultilingualImporter
from bot.importers.vocabulary import read_vocabulary

EXAMPLES = "version: '3.1'\nnlu:\n- intent: {intent}\n  examples: |\n    - {text}\n"


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.delenv(GAZETTEER_VARIABLE, raising=False)
    for language, text in (("fr", "bonjour"), ("nl", "goeiedag"), ("en", "hello")):
        folder = tmp_path / "nlu" / language
        folder.mkdir(parents=True)
        (folder / "small.yml").write_text(EXAMPLES.format(intent="greet", text=text))
    return tmp_path


def _read(data: Path, gazetteer: Path | None = None):
    return MultilingualImporter(None, None, [str(data)], str(gazetteer) if gazetteer else None).get_nlu_data()


def _gazetteer(folder: Path, content: object) -> Path:
    path = folder / "gazetteer.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def test_examples_of_all_languages_are_joined_and_marked(data):
    found = {example.get("text"): example.get("language") for example in _read(data).training_examples}
    assert found == {"bonjour": "fr", "goeiedag": "nl", "hello": "en"}


def test_a_folder_of_an_unknown_language_is_refused(data):
    (data / "nlu" / "de").mkdir()
    with pytest.raises(DataFileError, match=r"nlu/de: not a language of this assistant"):
        _read(data)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("version: '3.1'\nnlu: []\n", "no examples"),
        ("nlu:\n - intent: [", "small.yml"),
        ("version: '3.1'\nnlu:\n- intent: greet\n  examples: |\n    -\n", "no examples"),
    ],
    ids=["nothing in it", "no yaml", "blank example"],
)
def test_a_broken_file_is_named(data, content, reason):
    (data / "nlu" / "nl" / "small.yml").write_text(content)
    with pytest.raises(DataFileError, match=reason) as caught:
        _read(data)
    assert caught.value.path.name == "small.yml"


def test_the_gazetteer_becomes_one_table_a_kind_with_both_languages(tmp_path):
    names = [
        {"id": "stop:a", "kind": "stop", "fr": ["Bourse", "La Bourse"], "nl": ["Beurs"]},
        {"id": "street:1", "kind": "street", "fr": "Rue Haute", "nl": []},
    ]
    tables = read_gazetteer(_gazetteer(tmp_path, {"names": names, "lines": [81, "N04"]}))
    assert {table["name"]: table["elements"] for table in tables} == {
        "gazetteer/line": ["81", "N04"],
        "gazetteer/stop": ["Beurs", "Bourse", "La Bourse"],
        "gazetteer/street": ["Rue Haute"],
    }


def test_an_empty_gazetteer_gives_no_table(tmp_path):
    assert read_gazetteer(_gazetteer(tmp_path, {"names": [], "lines": []})) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "not a JSON file"),
        ([], "expected"),
        ({"lines": []}, "expected"),
        ({"names": [{"kind": "planet", "fr": []}]}, r"names\[0\]: kind 'planet'"),
        ({"names": ["Flagey"]}, r"names\[0\]: kind None"),
    ],
)
def test_a_gazetteer_of_another_shape_is_refused(tmp_path, content, reason):
    with pytest.raises(DataFileError, match=reason):
        read_gazetteer(_gazetteer(tmp_path, content))


def test_a_missing_gazetteer_says_where_it_comes_from(tmp_path):
    with pytest.raises(DataFileError, match="/v1/places/gazetteer"):
        read_gazetteer(tmp_path / "none.json")


def test_the_variable_wins_over_the_configuration(data, monkeypatch):
    path = _gazetteer(data, {"names": [], "lines": ["81"]})
    monkeypatch.setenv(GAZETTEER_VARIABLE, str(path))
    assert [each["elements"] for each in _read(data, data / "none.json").lookup_tables] == [["81"]]


def test_a_vocabulary_becomes_tables_and_keeps_words_that_look_like_yaml(tmp_path):
    path = tmp_path / "vocabulary.yml"
    path.write_text(
        "vocabulary:\n  fraction:\n    yellow: [geel]\ncues:\n  at: [on, no, off]\ndecisive:\n  stop: [stop]\n"
    )
    assert {table["name"]: table["elements"] for table in read_vocabulary(path, "en")} == {
        "vocabulary/en/fraction/yellow": ["geel"],
        "cues/en/at": ["on", "no", "off"],
        "decisive/en/stop": ["stop"],
    }


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("- a\n", "expected a mapping"),
        ("other: {}\n", "unknown section 'other'"),
        ("cues: [a]\n", "cues: expected a mapping"),
        ("cues:\n  at: on\n", "cues.at: expected a list"),
        ("cues:\n  at: []\n", "cues.at: expected a list"),
        ("cues:\n  at: [' ']\n", "is not a phrase"),
        ("vocabulary:\n  fraction: [a]\n", "vocabulary.fraction: expected a mapping"),
        ("cues: [\n", "vocabulary.yml"),
    ],
)
def test_a_vocabulary_of_another_shape_is_refused(tmp_path, content, reason):
    path = tmp_path / "vocabulary.yml"
    path.write_text(content)
    with pytest.raises(DataFileError, match=reason):
        read_vocabulary(path, "fr")


def test_tables_are_found_by_section(data):
    shutil.copy(_gazetteer(data, {"names": [], "lines": ["81"]}), data / "copy.json")
    read = _read(data, data / "copy.json")
    assert list(lookups.tables_of(read, lookups.GAZETTEER)) == [(("line",), ["81"])]
    assert list(lookups.tables_of(read, lookups.CUES)) == []


def test_the_domain_knows_the_reply_ids_and_not_the_texts(data):
    texts = data / "responses" / "fr"
    texts.mkdir(parents=True)
    (texts / "a.yml").write_text(
        "replies:\n  utter_hello: {text: Bonjour., owner: x}\n  choice_yes: {text: Oui, owner: x}\n"
    )
    domain = MultilingualImporter(None, None, [str(data)]).get_domain()
    assert domain.responses == {"utter_hello": [{"text": ""}]}


def test_rules_are_read_from_their_folder(data):
    (data / "rules").mkdir()
    (data / "rules" / "a.yml").write_text(
        "version: '3.1'\nrules:\n- rule: r\n  steps:\n  - intent: greet\n  - action: action_listen\n"
    )
    assert len(MultilingualImporter(None, None, [str(data)]).get_stories().story_steps) == 1
