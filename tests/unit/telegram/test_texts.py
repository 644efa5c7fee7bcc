"""The channel's texts: the same in each language, with the same places to fill."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
import yaml

from services.telegram.texts import Texts, TextsError

FOLDER = Path(__file__).resolve().parents[3] / "data" / "telegram"
LANGUAGES = ("fr", "nl", "en")


def content(language: str) -> dict:
    return yaml.safe_load((FOLDER / f"{language}.yml").read_text(encoding="utf-8"))


def test_each_text_has_the_same_places_to_fill_in_each_language():
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    told = {language: content(language)["replies"] for language in LANGUAGES}
    for text_id, entry in told["fr"].items():
        for language in LANGUAGES:
            assert places(told[language][text_id]["text"]) == places(entry["text"]), (text_id, language)


def test_texts_are_written_for_each_language_and_have_an_owner():
    for text_id, entry in content("fr")["replies"].items():
        assert entry["owner"]
        if len(re.sub(r"{\w+}", "", entry["text"])) > 25:
            assert len({content(language)["replies"][text_id]["text"] for language in LANGUAGES}) == 3, text_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_are_what_telegram_takes(language):
    commands = Texts(FOLDER).commands
    assert len(commands) == 10
    for command in commands:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", command.name)
        assert 1 <= len(command.description[language]) <= 120  # two of them make one where the language is not known


@pytest.mark.parametrize("left_out", ["replies", "commands"])
def test_a_text_that_a_language_lacks_is_named(tmp_path, left_out):
    for path in FOLDER.glob("*.yml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    lacking = content("nl")
    name = next(iter(lacking[left_out]))
    del lacking[left_out][name]
    (tmp_path / "nl.yml").write_text(yaml.safe_dump(lacking), encoding="utf-8")
    with pytest.raises(TextsError, match=rf"nl\.yml: {left_out}: missing {name}"):
        Texts(tmp_path)
