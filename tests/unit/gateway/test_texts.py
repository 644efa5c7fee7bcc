"""The gateway's own texts."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from kit.languages import LANGUAGES
from services.gateway.core.texts import Texts, TextsError

ROOT = Path(__file__).parents[3]
RESPONSES, OWN = ROOT / "data" / "responses", ROOT / "data" / "gateway"
CODE = ROOT / "services" / "gateway"
CODES = set(re.findall(r'ChatError\(\s*HTTPStatus\.\w+, "(\w+)"', "".join(p.read_text() for p in CODE.rglob("*.py"))))


@pytest.fixture
def texts() -> Texts:
    return Texts(RESPONSES, OWN)


def _replies(language: str) -> dict:
    return yaml.safe_load((OWN / f"{language}.yml").read_text(encoding="utf-8"))["replies"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_languages_say_the_same_with_the_same_placeholders(language):
    ours, french = _replies(language), _replies("fr")
    assert ours.keys() == french.keys()
    for text_id, entry in ours.items():
        placeholders = set(re.findall(r"{(\w+)}", entry["text"]))
        assert placeholders == set(re.findall(r"{(\w+)}", french[text_id]["text"])), text_id
        assert entry["owner"]


@pytest.mark.parametrize("code", sorted(CODES))
@pytest.mark.parametrize("language", [*LANGUAGES, None])
def test_every_refusal_in_the_code_has_a_text(texts, code, language):
    assert "{" not in texts.error(code, language, limit=10_000)


def test_the_codes_are_found():
    assert {"empty_message", "conversation_not_found", "too_many_requests"} <= CODES


def test_an_unknown_language_is_told_in_both_official_ones(texts):
    assert texts.error("not_found", None) == f"{texts.error('not_found', 'fr')} / {texts.error('not_found', 'nl')}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_failure_names_the_phone_numbers(texts, language):
    said = texts.say("unavailable", language)
    assert "0800 13 680" in said
    assert "112" in said


def test_the_menu_asks_for_intents_of_the_assistant(texts):
    intents = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["intents"]
    for option in texts.menu("nl"):
        intent, _, facts = option.payload.removeprefix("/").partition("{")
        assert intent in intents
        assert facts == '"message_language": "nl"}'


@pytest.mark.parametrize(
    ("file", "content", "reason"),
    [
        ("nl.yml", "replies: {unavailable: {text: x}}", "missing .*error_empty_message"),
        ("en.yml", "replies: [", r"en\.yml"),
        ("en.yml", "texts: {}", "expected the key 'replies'"),
        ("menu.yml", "menu: {a: b}", "expected 'menu'"),
        ("menu.yml", "menu: [{label: choice_nowhere, intent: x}]", "missing choice_nowhere"),
    ],
)
def test_texts_that_cannot_be_used_say_where(tmp_path, file, content, reason):
    own = tmp_path / "gateway"
    shutil.copytree(OWN, own)
    (own / file).write_text(content, encoding="utf-8")
    with pytest.raises(TextsError, match=reason):
        Texts(RESPONSES, own)


def test_the_assistants_words_are_read_again_when_they_change(tmp_path):
    shutil.copytree(RESPONSES, tmp_path / "responses")
    watch = [0.0]
    texts = Texts(tmp_path / "responses", OWN, monotonic=lambda: watch[0])
    path = tmp_path / "responses" / "fr" / "conversation.yml"
    content = path.read_text(encoding="utf-8")
    path.write_text(content.replace("Bonjour. Je suis", "Bienvenue. Je suis"), encoding="utf-8")
    watch[0] += 2
    assert texts.say("utter_greet", "fr").startswith("Bienvenue.")
    path.write_text("replies: [", encoding="utf-8")
    watch[0] += 2
    assert texts.say("utter_greet", "fr").startswith("Bienvenue.")
