"""What is looked at before a commit: every mistake is said by its code, and nothing of the held-out sentences is."""

from __future__ import annotations

import pytest

from services.studio.editing import markup
from services.studio.editing.checks import tidied
from services.studio.editing.editor import RefusedError
from services.studio.editing.edits import AddSentence, ChangeField, ChangeText, ReplaceSentence
from services.studio.editing.reading_ease import ease
from tests.unit.studio.conftest import NADIA

OTHER = {"fr": "Dans quelle rue ?", "nl": "In welke straat?", "en": "In which street?"}


def codes(editor, *edits) -> list[str]:
    return [finding.code for finding in editor.checks.of(edits, editor.look())]


def street(**texts: str) -> list[ChangeText]:
    return [ChangeText(lang, "waste", "ask_street", "other", OTHER[lang], new) for lang, new in texts.items()]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("à quelle heure vient le camion vert", []),
        ("un frigo [cassé](waste_item) sur le trottoir", []),
        ('un frigo [cassé]{"entity": "waste_item", "value": "fridge"} rue Haute', []),
        ("crochets [libres] sans rien", []),
        ("un frigo [cassé](objet) sur le trottoir", ["sentence_mark"]),
        ("un frigo [cassé]{waste_item} sur le trottoir", ["sentence_mark"]),
        ("un frigo [](waste_item) sur le trottoir", ["sentence_mark"]),
        ("a" * 501, ["sentence_too_long"]),
        ("x " * 2500, ["sentence_too_long"]),
        ("deux\u2028lignes", ["sentence_control"]),
        ("", ["sentence_empty"]),
        ("Une phrase, mise de CÔTÉ pour mesurer !", ["held_out"]),
        ("Quand passe le camion des sacs blancs ?", ["sentence_elsewhere"]),
        ("quand passe le camion de sac blanc", ["sentence_near"]),
        ("le frigolite, je le jette OÙ ?", ["sentence_there"]),
        ("rappelez-moi au 0470 12 34 56 pour mon frigo", ["personal"]),
    ],
)
def test_a_sentence(editor, sentence, expected):
    assert codes(editor, AddSentence("fr", "waste", "waste_sorting", sentence)) == expected


def test_a_held_out_sentence_is_refused_without_being_shown(place, editor):
    with pytest.raises(RefusedError) as raised:
        editor.save(
            [AddSentence("nl", "waste", "waste_collection_day", "une phrase mise de côté pour mesurer")],
            NADIA,
            "",
            confirmed=True,
        )
    assert not raised.value.can_be_confirmed
    assert [finding.params for finding in raised.value.findings] == [{}]
    assert "mise de" not in str(raised.value)
    assert place.git("rev-list", "--count", "HEAD").strip() == "1"


def test_what_has_to_be_looked_at_is_saved_once_it_was(editor):
    edits = [AddSentence("fr", "waste", "waste_sorting", "quand passe le camion de sac blanc")]
    with pytest.raises(RefusedError) as raised:
        editor.save(edits, NADIA, "")
    assert raised.value.can_be_confirmed
    assert editor.save(edits, NADIA, "", confirmed=True)


def test_a_sentence_is_not_like_itself(editor):
    old = "quand passe le camion des sacs blancs"
    assert codes(editor, ReplaceSentence("fr", "waste", "waste_collection_day", old, f"{old} ?")) == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"fr": "Quelle est votre rue ?", "nl": "Wat is uw straat?"}, []),
        ({"fr": "Quelle est votre rue ?"}, ["text_one_language"]),
        ({"en": "Which street is it?"}, []),
        ({"fr": " "}, ["text_empty"]),
        ({"fr": "x" * 1501}, ["text_too_long"]),
        ({"fr": "Quelle rue, {name} ?"}, ["text_unknown"]),
        ({"fr": "Quelle rue {"}, ["text_braces"]),
        ({"fr": "Quelle rue {x:>9} ?"}, ["text_braces"]),
        ({"fr": "Quelle rue <script>alert(1)</script> ?"}, ["text_markup"]),
        ({"fr": "Quelle rue <b>ici</b> ?"}, ["text_markup"]),
        ({"fr": "Quelle rue javascript:alert(1)"}, ["text_markup"]),
        ({"fr": "Quelle rue &lt; ?"}, ["text_markup"]),
        ({"fr": "Quelle rue\u202e ?"}, ["text_control"]),
        ({"fr": "Quelle rue !"}, ["text_exclaims"]),
        ({"fr": "Quelle rue 🙂 ?"}, ["text_picture"]),
        ({"fr": "Quelle  rue ?"}, ["text_spaces"]),
        ({"fr": "Quelle est ta rue ?"}, ["text_informal"]),
        ({"nl": "Wat is jouw straat?"}, ["text_informal"]),
        ({"fr": "Votre rue ? Appelez le 0800 98 181."}, ["text_numbers", "text_one_language"]),
        ({"nl": "Dans quelle rue ?"}, ["text_copied", "text_one_language"]),
    ],
)
def test_a_text(editor, texts, expected):
    assert codes(editor, *street(**texts)) == expected


def test_a_placeholder_that_is_left_out_is_said(editor):
    old = "Ce soir, sortez {bags}. Ils seront ramassés demain."
    found = editor.checks.of([ChangeText("fr", "waste", "tonight", "other", old, "Ce soir.")], editor.look())
    assert [(each.code, each.params) for each in found] == [("text_missing", {"names": "{bags}"})]


@pytest.mark.parametrize(
    ("name", "new", "expected"),
    [
        ("source", "https://be.brussels/fr/page", []),
        ("source", "http://x", ["source_shape"]),
        ("source", "javascript:alert(1)", ["source_shape"]),
        ("source", "https://be.brussels/, owner: x", ["source_shape"]),
        ("valid_until", "2027-01-31", []),
        ("valid_until", "31/01/2027", ["valid_until_shape"]),
        ("valid_until", "2027-02-31", ["valid_until_shape"]),
        ("valid_until", None, []),
    ],
)
def test_a_source_and_a_last_day(editor, name, new, expected):
    assert codes(editor, ChangeField("fr", "waste", "ask_street", name, None, new)) == expected


def test_a_sentence_is_kept_on_one_line_without_a_dash():
    assert tidied("- deux\n  lignes ") == "deux lignes"


def test_marks_are_left_out_of_the_words():
    assert markup.plain("un [frigo](waste_item) et [x]") == "un frigo et [x]"


def test_ease_counts_words_sentences_and_long_words():
    found = ease("Sortez {bags} ce soir. Le ramassage commence demain matin.")
    assert (found.words, found.longest_sentence, found.long_words) == (9, 5, ("ramassage", "commence"))
    assert found.score == round(9 / 2 + 100 * 2 / 9)
    assert ease("{lines}") is None
    assert ease(" ".join(["mot"] * 21)).is_long
    assert ease("Administrativement réglementaire documentation nécessaire.").level == "hard"
