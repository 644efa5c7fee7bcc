"""Reply texts: the same replies in every language, each written for its own, and every one of them used."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from kit.languages import LANGUAGES

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data/responses"
OWNERS = {"city", "waste", "transport", "permits"}

#: Texts that hold no words, or words that languages share: a name, a number, a borrowed word.
SAME_IN_ALL = re.compile(r"(?:\{\w+\}|[\W\d_])*")
SHARED = {
    ("nl", "mode_tram"),
    ("en", "mode_tram"),
    ("en", "mode_bus"),
    ("nl", "mode_bus"),
    ("en", "mode_train"),
    ("en", "mode_metro"),
}
SHARED |= {("en", "facet_documents"), ("en", "commune_website")}
SHARED |= {("nl", "lez_diesel"), ("en", "lez_diesel"), ("nl", "lez_on_diesel"), ("en", "lez_on_diesel")}
SHARED |= {("en", "lez_lpg"), ("en", "lez_norm")}
SHARED |= {(language, length) for language in ("nl", "en") for length in ("length_m", "length_km")}

Entry = dict[str, Any]


def entries(language: str) -> dict[str, Entry]:
    """Return a language's replies."""
    found: dict[str, Entry] = {}
    for path in sorted((FOLDER / language).glob("*.yml")):
        replies = yaml.safe_load(path.read_text(encoding="utf-8"))["replies"]
        twice = found.keys() & replies.keys()
        assert not twice, f"{path}: {sorted(twice)} are in another file too"
        found |= replies
    return found


REPLIES = {language: entries(language) for language in LANGUAGES}


def forms(entry: Entry) -> list[str]:
    """Return a reply's texts, one a plural form."""
    text = entry["text"]
    return list(text.values()) if isinstance(text, dict) else [text]


def placeholders(text: str) -> set[str]:
    """Return the names of the parameters in a text."""
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def test_files_have_the_same_names_in_each_language():
    names = {language: sorted(path.name for path in (FOLDER / language).glob("*")) for language in LANGUAGES}
    assert names["fr"] == names["nl"] == names["en"]


def test_each_language_has_the_same_replies():
    assert REPLIES["fr"].keys() == REPLIES["nl"].keys() == REPLIES["en"].keys()


@pytest.mark.parametrize("reply_id", sorted(REPLIES["fr"]))
def test_a_reply_takes_the_same_parameters_in_each_language_and_plural_form(reply_id):
    found = {
        (language, number): placeholders(text)
        for language in LANGUAGES
        for number, text in enumerate(forms(REPLIES[language][reply_id]))
    }
    assert len({frozenset(each) for each in found.values()}) == 1, found


def test_replies_of_each_language_are_written_in_it():
    copies = [
        (language, reply_id)
        for language in ("nl", "en")
        for reply_id, entry in REPLIES[language].items()
        for other in LANGUAGES[: LANGUAGES.index(language)]
        if forms(entry) == forms(REPLIES[other][reply_id])
        and not all(SAME_IN_ALL.fullmatch(text) for text in forms(entry))
        and (language, reply_id) not in SHARED
    ]
    assert copies == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_reply_has_an_owner_and_known_keys_and_is_not_out_of_date(language):
    for reply_id, entry in REPLIES[language].items():
        assert entry["owner"] in OWNERS, reply_id
        assert set(entry) <= {"text", "owner", "source", "valid_until"}, reply_id
        assert entry["owner"] == REPLIES["fr"][reply_id]["owner"], reply_id
        assert entry.get("source") == REPLIES["fr"][reply_id].get("source"), reply_id
        assert entry.get("valid_until", date.max) > date(2026, 11, 22), reply_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_of_the_language(language):
    for reply_id, entry in REPLIES[language].items():
        if isinstance(entry["text"], dict):
            assert set(entry["text"]) == {"one", "other"}, reply_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_calm_and_polite(language):
    """The voice: no exclamation marks, no emoji, residents are addressed formally in French and Dutch."""
    informal = {"fr": r"\b(?:tu|toi|ton|ta|tes|t')\b", "nl": r"\b(?:je|jij|jouw|jullie)\b", "en": r"(?!)"}[language]
    for reply_id, entry in REPLIES[language].items():
        for text in forms(entry):
            assert "!" not in text, reply_id
            assert not re.search("[\U0001f300-\U0001faff\u2600-\u27bf]", text), reply_id
            assert not re.search(informal, text, re.IGNORECASE), (reply_id, text)
            assert text == text.strip(), reply_id
            assert "  " not in text, reply_id


def test_telephone_numbers_are_the_same_in_each_language():
    number = re.compile(r"\b(?:0\d{1,3}(?: \d{2,4})+|1\d{2,3})\b")
    for reply_id in REPLIES["fr"]:
        if reply_id == "utter_emergency":  # the helplines of each language differ
            continue
        found = [set(number.findall(" ".join(forms(REPLIES[each][reply_id])))) for each in LANGUAGES]
        assert found[0] == found[1] == found[2], reply_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_emergency_names_the_vital_numbers(language):
    text = forms(REPLIES[language]["utter_emergency"])[0]
    assert all(number in text for number in ("112", "101", "0800 19 400", "070 245 245"))
    assert text.index("112") < text.index("101")


def test_what_went_wrong_says_whom_to_call():
    for language in LANGUAGES:
        for reply_id in ("utter_something_wrong", "utter_city_unavailable", "utter_give_up"):
            assert "{contact}" in REPLIES[language][reply_id]["text"]


def test_each_reply_that_actions_and_rules_use_exists_and_each_that_exists_is_used():
    known = set(REPLIES["fr"])
    actions = set(literals())
    rules = {
        step["action"]
        for path in (ROOT / "data/rules").glob("*.yml")
        for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
        for step in rule["steps"]
        if str(step.get("action", "")).startswith("utter_")
    }
    # Said by bot/nlg itself: where a reply cannot be rendered, and where a quotation is in another language.
    generator = {"utter_something_wrong", "contact_city", *(f"quoted_{language}" for language in LANGUAGES)}
    assert {name for name in actions if name.startswith("utter_")} | rules | generator <= known
    assert set(said()) <= known
    assert known - actions - rules - generator == set()


def literals() -> Iterator[str]:
    """Yield the strings in the actions' code, its documentation apart."""
    for path in sorted((ROOT / "actions").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def said() -> Iterator[str]:
    """Yield the ids that are given as such: to ``text`` and ``ask`` first, to ``say`` second."""
    position = {"text": 0, "ask": 0, "say": 1}
    for path in sorted((ROOT / "actions").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in position:
                arguments = node.args[position[node.func.id] :]
                if arguments and isinstance(arguments[0], ast.Constant):
                    yield str(arguments[0].value)
