"""The assistant's texts at the desk: the names of questions, and who owns an answer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from actions.conversation.clarifying import _LABELS
from kit.languages import LANGUAGES
from services.desk.approved import Approved
from services.desk.reply_texts import ReplyTexts
from services.desk.texts import TextsError

ROOT = Path(__file__).resolve().parents[3]
RESPONSES, QUESTIONS = ROOT / "data" / "responses", ROOT / "data" / "desk" / "questions.yml"


@pytest.fixture(scope="module")
def approved() -> Approved:
    return Approved(RESPONSES, QUESTIONS)


def test_questions_are_called_as_the_assistant_calls_them():
    assert yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))["questions"] == _LABELS


def test_a_question_has_a_name_in_each_language_and_a_greeting_has_none(approved):
    names = [approved.question("waste_collection_day", language) for language in LANGUAGES]
    assert names == ["Jours de collecte", "Ophaaldagen", "Collection days"]
    assert approved.question("greet", "fr") is None
    assert approved.question(None, "fr") is None


def test_an_answer_belongs_to_the_team_of_its_first_text_that_is_not_everybody_s(approved):
    found = approved.about(["paragraphs_2", "contact_waste", "contact_transport", "no_such_text"], "fr")
    assert found.owner == "waste"
    assert found.sources == ("https://arp-gan.be/fr/faq", "https://www.stib-mivb.be/")
    assert approved.about(["paragraphs_2"], "nl").owner == "city"
    assert approved.about([], "nl").owner == "city"


def test_an_answer_holds_as_long_as_its_first_text_that_ends(tmp_path):
    for language in LANGUAGES:
        (tmp_path / language).mkdir()
        entry = {"owner": "waste", "text": "x"}
        replies = {"a": {**entry, "valid_until": "2027-01-01"}, "b": {**entry, "valid_until": "2026-12-31"}}
        (tmp_path / language / "a.yml").write_text(yaml.safe_dump({"replies": replies}), encoding="utf-8")
    (tmp_path / "questions.yml").write_text("questions: {}", encoding="utf-8")
    assert Approved(tmp_path, tmp_path / "questions.yml").about(["a", "b"], "fr").valid_until == "2026-12-31"


def test_a_question_whose_text_is_missing_is_named(tmp_path):
    wrong = tmp_path / "questions.yml"
    wrong.write_text("questions: {greet: no_such_text}", encoding="utf-8")
    with pytest.raises(TextsError, match="greet: no text no_such_text in fr"):
        Approved(RESPONSES, wrong)


def test_texts_that_change_are_found_as_they_are_now(tmp_path):
    shutil.copytree(RESPONSES, tmp_path / "responses")
    watch = [0.0]
    approved = Approved(tmp_path / "responses", QUESTIONS, monotonic=lambda: watch[0])
    texts = ReplyTexts(approved)
    path = tmp_path / "responses" / "fr" / "waste.yml"
    content = path.read_text(encoding="utf-8")
    path.write_text(content.replace("Attention, le camion passe", "Sachez que le camion passe"), encoding="utf-8")
    watch[0] += 2
    (found,) = texts.by_ids(["answer:collections_same_evening"])
    assert found.texts["fr"].startswith("Sachez que le camion")
