"""Sentences are read with their lines; a change touches its own line and no other byte."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from services.studio.editing import sentences
from services.studio.editing.edits import AddSentence, ConflictError, RemoveSentence, ReplaceSentence
from services.studio.editing.errors import BrokenFileError, GoneError, LastSentenceError
from tests.unit.studio.conftest import NLU

ROOT = Path(__file__).parents[3]
FILES = sorted(path for path in (ROOT / "data/nlu").glob("*/*.yml") if path.name != "vocabulary.yml")
FR = NLU["fr"]
DAY, SORTING = ("fr", "waste", "waste_collection_day"), ("fr", "waste", "waste_sorting")


def changed(before: str, after: str) -> list[str]:
    """Return the lines that differ."""
    lines = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return [line for line in lines if line[0] in "+-"]


def apply(content: str, edit) -> str:
    return sentences.applied(content, edit, "data/nlu/fr/waste.yml")


def test_sentences_are_read_as_they_are_written():
    day, sorting = sentences.read(FR, "x.yml")
    assert day.intent == "waste_collection_day"
    assert day.sentences[1:] == ("sortir le sac   jaune ce soir ?", 'c\'est quel jour, "les bleus" ?')
    assert sorting.sentences[0] == "dans quel sac va une [boîte à pizza](waste_item)"


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (AddSentence(*DAY, "camion demain ?"), ["+       - camion demain ?\n"]),
        (AddSentence(*SORTING, "# 5: où ça ?"), ["+       - # 5: où ça ?\n"]),
        (RemoveSentence(*SORTING, "le frigolite, je le jette où"), ["-       - le frigolite, je le jette où\n"]),
        (
            ReplaceSentence(*DAY, "sortir le sac   jaune ce soir ?", "le jaune ?"),
            ["-       - sortir le sac   jaune ce soir ?\n", "+       - le jaune ?\n"],
        ),
    ],
    ids=["add", "add-last", "remove", "replace"],
)
def test_a_change_is_its_own_line(edit, lines):
    assert changed(FR, apply(FR, edit)) == lines


def test_a_sentence_follows_the_one_that_it_is_put_after():
    made = apply(FR, AddSentence(*DAY, "un", after=""))
    made = apply(made, AddSentence(*DAY, "deux", after="un"))
    assert sentences.read(made, "x.yml")[0].sentences[:2] == ("un", "deux")


def test_what_is_done_already_changes_nothing():
    assert apply(FR, AddSentence(*SORTING, "le frigolite, je le jette où")) == FR
    assert apply(FR, RemoveSentence(*SORTING, "nulle part")) == FR
    assert apply(FR, ReplaceSentence(*SORTING, "nulle part", "le frigolite, je le jette où")) == FR


def test_a_sentence_that_is_there_no_more_is_a_conflict_and_a_missing_intent_is_gone():
    with pytest.raises(ConflictError):
        apply(FR, ReplaceSentence(*SORTING, "nulle part", "ailleurs"))
    with pytest.raises(GoneError):
        apply(FR, ReplaceSentence("fr", "waste", "greet", "bonjour", "salut"))


def test_an_intent_that_a_file_lacks_is_begun_at_its_end():
    made = sentences.applied(NLU["nl"], AddSentence("nl", "waste", "waste_sorting", "welke zak"), "x.yml")
    assert made == NLU["nl"] + "  - intent: waste_sorting\n    examples: |\n      - welke zak\n"


def test_the_last_sentence_of_an_intent_stays():
    with pytest.raises(LastSentenceError):
        sentences.applied(
            NLU["nl"],
            RemoveSentence("nl", "waste", "waste_collection_day", "wanneer komt de vuilniswagen langs"),
            "x.yml",
        )


def test_line_ends_of_windows_stay():
    content = FR.replace("\n", "\r\n")
    made = apply(content, AddSentence(*DAY, "camion demain ?"))
    assert made.count("\r\n") == made.count("\n") == content.count("\n") + 1


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("nlu:\n  - intent: [a\n", 3, "expected ',' or ']'"),
        ("nlu:\n  - intent: a\n    examples: |\n      bonjour\n", 4, "expected '- ' and a sentence of a"),
        ("nlu:\n  - intent: a\n    examples: >\n      - bonjour\n", 3, "have to follow 'examples: |'"),
        ("nlu:\n  - intent: a\n    intent: b\n", 3, "stands twice"),
        ("rules: []\n", 1, "expected the key 'nlu'"),
        ("- a\n", 1, "expected a mapping"),
        ("nlu: \x00\n", None, "unacceptable character"),
    ],
)
def test_a_broken_file_is_said_with_its_line(content, line, reason):
    with pytest.raises(BrokenFileError) as raised:
        sentences.read(content, "data/nlu/fr/x.yml")
    assert (raised.value.path, raised.value.line) == ("data/nlu/fr/x.yml", line)
    assert reason in raised.value.reason


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_file_of_the_project_is_edited_and_back_byte_for_byte(path):
    content = path.read_bytes().decode()
    for block in sentences.read(content, path.name)[:: max(1, len(FILES) // 8)]:
        where = (path.parent.name, path.stem, block.intent)
        first = block.sentences[0]
        swapped = apply(content, ReplaceSentence(*where, first, "zz zz"))
        assert len(changed(content, swapped)) == 2
        assert apply(swapped, ReplaceSentence(*where, "zz zz", first)) == content
        added = apply(content, AddSentence(*where, "zz zz"))
        assert apply(added, RemoveSentence(*where, "zz zz")) == content


def test_what_a_sentence_became():
    assert sentences.became(["a", "b", "c"], ["a", "x", "c"], "b") == "x"
    assert sentences.became(["a", "b", "c"], ["a", "c"], "b") is None
