"""The widget's texts: the same keys and parameters in each language, and every key used."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

WIDGET = Path(__file__).resolve().parents[2] / "services" / "widget"
SOURCES = [*(WIDGET / "src").rglob("*.ts"), *(WIDGET / "demo").glob("*.*")]
LANGUAGES = ["fr", "nl", "en"]
TEXTS = {
    language: json.loads((WIDGET / "src" / "texts" / f"{language}.json").read_text(encoding="utf-8"))
    for language in LANGUAGES
}
#: Keys that the widget puts together, by their beginning.
COMPOSED = ("author_", "bag_", "mode_", "starter_", "state_", "failed_", "anew_", "delete_", "export_", "locate_")
COMPOSED += ("topic_", "thumb_")


def _parameters(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_language_has_the_same_keys_in_the_same_order(language):
    assert list(TEXTS[language]) == list(TEXTS["fr"])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_language_has_the_same_parameters(language):
    differing = [key for key, text in TEXTS["fr"].items() if _parameters(text) != _parameters(TEXTS[language][key])]
    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_untrimmed(language):
    assert [key for key, text in TEXTS[language].items() if not text or text != text.strip()] == []


def test_sentences_are_written_in_each_language_and_not_left_over():
    same = [key for key, text in TEXTS["fr"].items() if " " in text and text in (TEXTS["nl"][key], TEXTS["en"][key])]
    assert same == ["minutes", "hours_span"]


def test_the_widget_uses_every_key():
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    unused = [key for key in TEXTS["fr"] if f'"{key}"' not in code and not key.startswith(COMPOSED)]
    assert unused == []


def test_the_widget_parses_no_html_and_stores_nothing_beyond_the_tab():
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|localStorage|document\.cookie"
    )
    code = {path.name: path.read_text(encoding="utf-8") for path in SOURCES}
    assert [name for name, text in code.items() if forbidden.search(text)] == []
    assert [name for name, text in code.items() if name.endswith(".html") and " style=" in text] == []
