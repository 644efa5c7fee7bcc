"""Texts are read with their places; a change touches its own value and no other byte."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from services.studio.editing import replies
from services.studio.editing.edits import ChangeField, ChangeText, ConflictError
from services.studio.editing.errors import BrokenFileError, GoneError
from tests.unit.studio.conftest import TEXTS
from tests.unit.studio.test_sentences import changed

ROOT = Path(__file__).parents[3]
FR = TEXTS["fr"]
LONG = "Le calendrier des collectes se trouve sur le site de la Région. " * 3


def text(reply: str, old: str, new: str, form: str = "other") -> ChangeText:
    return ChangeText("fr", "waste", reply, form, old, new)


def field(reply: str, name, old: str | None, new: str | None) -> ChangeField:
    return ChangeField("fr", "waste", reply, name, old, new)


def apply(content: str, edit) -> str:
    return replies.applied(content, edit, "data/responses/fr/waste.yml")


def test_texts_are_read_with_what_stands_beside_them():
    read = replies.read(FR, "x.yml")
    assert list(read) == ["ask_street", "tonight", "calendar", "hours"]
    assert read["tonight"].forms["one"] == "Ce soir, sortez {bags}. Il sera ramassé demain."
    assert read["calendar"].source == "https://be.brussels/"
    assert read["hours"].valid_until == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (
            text("ask_street", "Dans quelle rue ?", 'Quelle « rue » "x" ?'),
            [
                '-   ask_street: {owner: waste, text: "Dans quelle rue ?"}  # courte\n',
                '+   ask_street: {owner: waste, text: "Quelle « rue » \\"x\\" ?"}  # courte\n',
            ],
        ),
        (
            field("ask_street", "valid_until", None, "2027-01-31"),
            [
                '-   ask_street: {owner: waste, text: "Dans quelle rue ?"}  # courte\n',
                '+   ask_street: {owner: waste, text: "Dans quelle rue ?", valid_until: 2027-01-31}  # courte\n',
            ],
        ),
        (field("tonight", "source", None, "https://be.brussels/a"), ["+     source: https://be.brussels/a\n"]),
        (field("calendar", "source", "https://be.brussels/", None), ["-     source: https://be.brussels/\n"]),
        (
            field("hours", "valid_until", "2026-12-31", None),
            [
                "-   hours: {owner: waste, text: 'Le parc ouvre à 9 h.', valid_until: 2026-12-31}\n",
                "+   hours: {owner: waste, text: 'Le parc ouvre à 9 h.'}\n",
            ],
        ),
    ],
    ids=["text", "day-in-braces", "source-in-lines", "no-source", "no-day"],
)
def test_a_change_is_its_own_value(edit, lines):
    assert changed(FR, apply(FR, edit)) == lines


@pytest.mark.parametrize("new", ["Court.", LONG.strip(), 'Un :\n– deux\n\n– trois # et \\ "quatre"'])
def test_a_text_of_several_lines_says_what_was_given(new):
    old = replies.read(FR, "x.yml")["calendar"].forms["other"]
    made = apply(FR, text("calendar", old, new))
    assert replies.read(made, "x.yml")["calendar"].forms["other"] == new
    assert max(map(len, made.splitlines())) <= 120
    assert made.endswith(FR[FR.index("    source:") :])


def test_what_somebody_else_changed_is_a_conflict_with_their_text():
    with pytest.raises(ConflictError) as raised:
        apply(FR, text("ask_street", "Quelle rue ?", "Où ?"))
    assert raised.value.theirs == "Dans quelle rue ?"
    assert apply(FR, text("ask_street", "Quelle rue ?", "Dans quelle rue ?")) == FR


def test_a_text_or_a_form_that_is_not_there_is_gone():
    with pytest.raises(GoneError):
        apply(FR, text("nothing", "a", "b"))
    with pytest.raises(GoneError):
        apply(FR, text("ask_street", "a", "b", form="one"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("replies: {a: {owner: waste}}", "a needs 'text'"),
        ("replies: {a: {text: {one: x}}}", "a needs 'text'"),
        ("replies: {a: {text: x, valid_until: soon}}", "'soon' is no day"),
        ("replies: {a: x}", "a needs 'text' and 'owner'"),
        ('replies:\n  a: {text: "x}\n', "found unexpected end of stream"),
    ],
)
def test_a_broken_file_is_said(content, reason):
    with pytest.raises(BrokenFileError) as raised:
        replies.read(content, "x.yml")
    assert reason in str(raised.value)


@pytest.mark.parametrize("topic", ["waste", "conversation", "common", "filing"])
@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_projects_texts_are_changed_one_by_one(language, topic):
    content = (ROOT / f"data/responses/{language}/{topic}.yml").read_bytes().decode()
    before = replies.read(content, "x.yml")
    for reply in list(before.values())[::7]:
        for form, old in reply.forms.items():
            made = apply(content, text(reply.id, old, "Autre chose.", form))
            after = replies.read(made, "x.yml")
            assert after.pop(reply.id).forms[form] == "Autre chose."
            assert after == {name: each for name, each in before.items() if name != reply.id}
