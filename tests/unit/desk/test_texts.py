"""The desk's texts: the same in each language, with the same places to fill, and all that the screens ask for."""

from __future__ import annotations

import re
import string
from functools import cache
from pathlib import Path

import pytest
import yaml

from services.desk.texts import Texts, TextsError

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "data" / "desk"
LANGUAGES = ("fr", "nl", "en")


@cache
def texts(language: str) -> dict[str, str]:
    return yaml.safe_load((FOLDER / f"{language}.yml").read_text(encoding="utf-8"))["texts"]


def test_each_text_has_the_same_places_to_fill_in_each_language():
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for text_id, text in texts("fr").items():
        for language in LANGUAGES:
            assert places(texts(language)[text_id]) == places(text), (text_id, language)


def test_long_texts_are_written_for_each_language():
    for text_id, text in texts("fr").items():
        if len(re.sub(r"{\w+}", "", text)) > 25:
            assert len({texts(language)[text_id] for language in LANGUAGES}) == 3, text_id


def test_the_screens_ask_for_no_text_that_is_missing_and_leave_none_unused():
    sources = [*(ROOT / "services/desk").rglob("*.j2"), *(ROOT / "services/desk").rglob("*.py")]
    content = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    known = set(texts("fr"))
    asked = set(re.findall(r"""\bt\(["'](\w+)["'](?! \+)""", content))
    assert asked <= known
    begun = set(re.findall(r"""\bt\(["'](\w+_)["'] \+""", content))
    named = set(re.findall(r"""["'](\w+)["']""", content))
    used = {
        text_id
        for text_id in known
        if text_id.removesuffix("_one") in named or any(text_id.startswith(each) for each in begun)
    }
    assert known - used == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_a_language_lacks_is_named(tmp_path, language):
    for path in FOLDER.glob("*.yml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    lacking = {"texts": {key: text for key, text in texts(language).items() if key != "sign_in"}}
    (tmp_path / f"{language}.yml").write_text(yaml.safe_dump(lacking), encoding="utf-8")
    with pytest.raises(TextsError, match=rf"{language}\.yml: missing sign_in"):
        Texts(tmp_path)


def test_one_of_something_has_its_own_words():
    assert Texts(FOLDER).say("seconds", "fr", count=1) == "1 seconde"
    assert Texts(FOLDER).say("seconds", "fr", count=2) == "2 secondes"
