"""A small catalogue of reply texts on disk."""

from pathlib import Path

import pytest
import yaml

TEXTS = {
    "fr": {
        "utter_hello": "Bonjour.",
        "utter_bags": {"one": "Un sac le {day}.", "other": "{count} sacs le {day}."},
        "utter_where": "Arrêt {stop} à {time} ({line}).",
        "utter_something_wrong": "Une erreur chez nous. {contact}",
        "contact_city": "Appelez le 1234.",
        "choice_yes": "Oui",
        "utter_loop": "{again}",
        "quoted_nl": "En néerlandais : {words}",
    },
    "nl": {
        "utter_hello": "Dag.",
        "utter_bags": {"one": "Eén zak op {day}.", "other": "{count} zakken op {day}."},
        "utter_where": "Halte {stop} om {time} ({line}).",
        "utter_something_wrong": "Een fout bij ons. {contact}",
        "contact_city": "Bel 1234.",
        "choice_yes": "Ja",
        "utter_loop": "{again}",
        "quoted_nl": "In het Nederlands: {words}",
    },
    "en": {
        "utter_hello": "Hello.",
        "utter_bags": {"one": "One bag on {day}.", "other": "{count} bags on {day}."},
        "utter_where": "Stop {stop} at {time} ({line}).",
        "utter_something_wrong": "Our mistake. {contact}",
        "contact_city": "Call 1234.",
        "choice_yes": "Yes",
        "utter_loop": "{again}",
        "quoted_nl": "In Dutch: {words}",
    },
}


def write_texts(folder: Path, texts: dict) -> None:
    for language, replies in texts.items():
        file = folder / language / "topic.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        content = {"replies": {key: {"text": text, "owner": "team"} for key, text in replies.items()}}
        file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


@pytest.fixture
def folder(tmp_path) -> Path:
    write_texts(tmp_path, TEXTS)
    return tmp_path
