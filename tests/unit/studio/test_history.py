"""Who changed what and why, and taking a change back."""

from __future__ import annotations

import pytest

from services.studio.editing.edits import (
    AddSentence,
    ChangeField,
    ChangeText,
    ConflictError,
    RemoveSentence,
    ReplaceSentence,
)
from services.studio.editing.errors import GoneError, NotRevertibleError
from tests.unit.studio.conftest import NADIA, TOM

FR = "data/nlu/fr/waste.yml"
TEXT = "data/responses/fr/waste.yml"
DAY = ("fr", "waste", "waste_collection_day")
FIRST = "quand passe le camion des sacs blancs"
EVERY = [
    AddSentence(*DAY, "à quelle heure demain matin", after=FIRST),
    RemoveSentence(*DAY, 'c\'est quel jour, "les bleus" ?'),
    ReplaceSentence("fr", "waste", "waste_sorting", "le frigolite, je le jette où", "du frigolite, ça va où"),
    ChangeText("fr", "waste", "ask_street", "other", "Dans quelle rue ?", "Quelle est votre rue ?"),
    ChangeText("nl", "waste", "ask_street", "other", "In welke straat?", "Wat is uw straat?"),
    ChangeField("fr", "waste", "hours", "valid_until", "2026-12-31", "2027-06-30"),
    ChangeField("nl", "waste", "hours", "valid_until", "2026-12-31", "2027-06-30"),
]


def test_the_history_says_who_what_and_why(editor):
    editor.save(EVERY[:1], NADIA, "Vu ce matin")
    editor.save(EVERY[3:5], TOM, "")
    newest, oldest = editor.history.of([FR])
    assert (newest.who, newest.why) == ("Nadia El Amrani", "Vu ce matin")
    assert oldest.subject == "feat: begin"
    assert editor.history.of([FR, TEXT])[0].subject == "fix(responses): change ask_street (fr, nl)"


def test_a_change_is_told_as_it_was_made(editor):
    made = editor.save(EVERY, NADIA, "")
    change = editor.history.change(made)
    assert change.whole
    assert set(change.edits) == set(EVERY)


def test_taking_back_leaves_the_files_as_they_were(place, editor):
    before = place.read(FR), place.read(TEXT)
    made = editor.save(EVERY, NADIA, "")
    editor.take_back(made, TOM, "Une erreur")
    assert (place.read(FR), place.read(TEXT)) == before
    body = place.git("log", "-1", "--format=%an|%s|%b")
    assert body.startswith(
        "Tom tom@example.be|revert: feat(nlu): change 3 sentences of waste_collection_day and 1 more"
    )
    assert f"This reverts commit {made}." in body
    assert place.status() == ""


def test_a_text_of_several_lines_is_taken_back_to_the_byte(place, editor):
    before = place.read(TEXT)
    old = editor.look().texts["calendar"][1]["fr"].forms["other"]
    new = ChangeText("fr", "waste", "calendar", "other", old, "Appelez le 0800 98 181.")
    editor.take_back(editor.save([new], NADIA, "", confirmed=True), NADIA, "")
    assert place.read(TEXT) == place.committed(TEXT) == before


def test_taking_back_keeps_what_was_changed_later(place, editor):
    made = editor.save(EVERY[:1], NADIA, "")
    editor.save(EVERY[1:3], TOM, "")
    editor.take_back(made, NADIA, "")
    assert EVERY[0].text not in place.read(FR)
    assert "du frigolite, ça va où" in place.read(FR)


def test_taking_back_what_was_changed_again_is_a_conflict(editor):
    made = editor.save(EVERY[2:3], NADIA, "")
    editor.save([ReplaceSentence("fr", "waste", "waste_sorting", "du frigolite, ça va où", "frigolite ?")], TOM, "")
    with pytest.raises(ConflictError) as raised:
        editor.take_back(made, NADIA, "")
    assert raised.value.theirs == "frigolite ?"


def test_what_was_taken_back_is_taken_back_again(place, editor):
    made = editor.save(EVERY, NADIA, "")
    after = place.read(FR)
    undone = editor.take_back(made, NADIA, "")
    editor.take_back(undone, NADIA, "")
    assert place.read(FR) == after


def test_what_is_more_than_sentences_and_texts_is_not_taken_back(place, editor):
    place.replace(FR, FIRST, "autre chose")
    place.write("domain.yml", place.read("domain.yml") + "slots: {}\n")
    with pytest.raises(NotRevertibleError):
        editor.take_back(place.commit("feat: outside"), NADIA, "")
    place.replace(FR, "# Propreté.", "# Déchets.")
    with pytest.raises(NotRevertibleError):
        editor.take_back(place.commit("docs: a remark"), NADIA, "")


@pytest.mark.parametrize("commit", ["0" * 40, "nothing"])
def test_a_commit_that_is_not_there_is_gone(editor, commit):
    with pytest.raises(GoneError):
        editor.take_back(commit, NADIA, "")
