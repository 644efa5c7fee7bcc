from __future__ import annotations

from collections import Counter
from contextlib import contextmanager

import pytest

from evaluation import answers
from evaluation.answers import Question


def _message(text, *, language="fr", **more):
    return {"author": "assistant", "text": text, "language": language, "source": None, **more}


def _question(**asked):
    return Question("fr", "waste_calendar", ("?",), **asked)


REPLY = [_message("Sortez le sac jaune à 18 h.", source={"name": "x"}, choices=[{"id": "1", "label": "Sac bleu"}])]


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        pytest.param({"holds": ("SAC JAUNE", "18 h")}, [], id="what must be in it, whatever the case"),
        pytest.param({"holds": ("sac blanc",)}, ["'sac blanc' is missing"], id="something is missing"),
        pytest.param({"lacks": ("sac jaune",)}, ["'sac jaune' is said"], id="something is said"),
        pytest.param({"choices": ("sac bleu",)}, [], id="a choice"),
        pytest.param({"choices": ("Sac vert",)}, ["'Sac vert' is not on offer"], id="no such choice"),
        pytest.param({"source": True}, [], id="a source"),
        pytest.param({"source": False}, ["a source without an answer"], id="a source that should not be"),
    ],
)
def test_an_answer_is_looked_at_for_what_must_hold(asked, wrong):
    assert answers.missing(_question(**asked), REPLY) == wrong


def test_blanks_and_apostrophes_are_compared_as_one_reads_them():
    reply = [_message("L’arrêt est à 60\u202fmètres.")]
    assert answers.missing(_question(holds=("l'arrêt", "60 mètres")), reply) == []


def test_what_stands_on_a_card_is_said_too():
    reply = [_message("Voici.", cards=[{"kind": "departures", "rows": [{"line": "81", "minutes": 3}]}])]
    assert answers.missing(_question(holds=("81",)), reply) == []


def test_another_language_and_no_source_and_no_answer_are_wrong():
    assert answers.missing(_question(source=True), [_message("Hallo", language="nl")]) == [
        "another language",
        "no source",
    ]
    assert answers.missing(_question(), []) == ["no answer"]


class _Echo:
    def __init__(self):
        self.said = []

    def say(self, **message):
        self.said.append(message["text"])
        mine = {"author": "resident", "text": "sac jaune", "language": "fr"}
        return {"messages": [mine, _message(f"Vous avez dit {len(self.said)} : {message['text']}")]}


def test_each_question_has_a_conversation_of_its_own_and_its_last_reply_counts():
    opened = []

    @contextmanager
    def open_talk(language):
        opened.append(language)
        yield _Echo()

    two = Question("fr", "x", ("un", "deux"), holds=("dit 2 : deux",), lacks=("sac jaune", "un"))
    one = Question("nl", "x", ("drie",), holds=("dit 1",))
    found = answers.ask([two, one], open_talk)
    assert opened == ["fr", "nl"]
    assert [each.missing for each in found] == [(), ("another language",)]


def test_an_error_instead_of_a_reply_is_no_answer():
    class Broken:
        def say(self, **message):
            return {"error": "overloaded"}

    @contextmanager
    def open_talk(language):
        yield Broken()

    assert answers.ask([_question()], open_talk)[0].missing == ("no answer",)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("{capability: x, holds: [a]}", "needs capability and ask", id="nothing asked"),
        pytest.param("{capability: x, ask: a, hold: [a]}", "knows ", id="a field misspelt"),
        pytest.param("{capability: x, ask: a}", "nothing is asked of the answer", id="nothing to hold"),
    ],
)
def test_a_question_of_another_shape_is_named(tmp_path, line, reason):
    for language in ("fr", "nl", "en"):
        (tmp_path / f"{language}.yml").write_text("- {capability: x, ask: a, source: true}\n")
    (tmp_path / "nl.yml").write_text(f"- {line}\n")
    with pytest.raises(ValueError, match=rf"nl.yml: item 1: .*{reason}"):
        answers.load(tmp_path)


def test_the_same_is_asked_in_each_language():
    counts = {
        language: Counter(each.capability for each in answers.load() if each.language == language)
        for language in ("fr", "nl", "en")
    }
    assert counts["fr"] == counts["nl"] == counts["en"]
    assert len(counts["fr"]) > 25
