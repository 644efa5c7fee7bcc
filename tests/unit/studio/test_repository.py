"""Each change is a commit of its own; whatever happens outside meanwhile, nobody's edit is lost."""

from __future__ import annotations

import errno
import fcntl
import threading
from pathlib import Path

import pytest

from services.studio.editing.edits import AddSentence, ChangeText, ConflictError, RemoveSentence, ReplaceSentence
from services.studio.editing.errors import (
    BrokenFileError,
    BusyError,
    DiskFullError,
    GitError,
    UncommittedError,
)
from services.studio.editing.repository import write_durably
from tests.unit.studio.conftest import NADIA, TOM, Place

FR, NL = "data/nlu/fr/waste.yml", "data/nlu/nl/waste.yml"
DAY = ("fr", "waste", "waste_collection_day")
FIRST = "quand passe le camion des sacs blancs"
ADD = AddSentence(*DAY, "camion de demain, à quelle heure")
STREET = ChangeText("fr", "waste", "ask_street", "other", "Dans quelle rue ?", "Quelle est votre rue ?")


def save(editor, *edits, who=NADIA, why="", base=None):
    return editor.save(edits, who, why, base=base, confirmed=True)


def test_a_change_is_a_commit_in_the_editors_name_without_their_address(place, editor):
    made = save(editor, ADD, why="Vu ce matin\nAuthor: x <a@b.be>")
    shown = place.git("log", "-1", "--format=%H|%an|%ae|%cn|%aI|%s|%b")
    assert shown.strip() == (
        f"{made}|Nadia El Amrani|a1@studio.invalid|Studio|2026-11-24T09:15:00+01:00|"
        "feat(nlu): add a sentence to waste_collection_day (fr)|Vu ce matin Author: x <[email]>"
    )
    assert place.status() == ""
    assert place.read(FR) == place.committed(FR)
    assert place.git("show", "--numstat", "--format=", "HEAD").split() == ["1", "0", FR]


def test_a_name_that_git_cannot_have_is_made_one(place, editor):
    save(editor, ADD, who=TOM)
    assert place.git("log", "-1", "--format=%an").strip() == "Tom tom@example.be"


def test_what_was_committed_outside_meanwhile_stays(place, editor):
    base = editor.head()
    place.replace(FR, "      - sortir le sac   jaune ce soir ?\n", "      - le jaune ce soir ?\n")
    place.commit("feat: outside")
    save(editor, ReplaceSentence(*DAY, FIRST, "le camion des blancs"), base=base)
    assert "- le jaune ce soir ?\n" in place.committed(FR)
    assert "- le camion des blancs\n" in place.committed(FR)


def test_two_who_change_one_sentence_both_see_the_others(place, editor):
    base = editor.head()
    save(editor, ReplaceSentence(*DAY, FIRST, "celle de Tom"), who=TOM, base=base)
    head = editor.head()
    for edit in (ReplaceSentence(*DAY, FIRST, "celle de Nadia"), RemoveSentence(*DAY, FIRST)):
        with pytest.raises(ConflictError) as raised:
            save(editor, ADD, edit, base=base)
        assert (raised.value.theirs, raised.value.who) == ("celle de Tom", "Tom tom@example.be")
    assert editor.head() == head
    assert place.status() == ""


def test_two_who_change_one_text_both_see_the_others(editor):
    save(editor, STREET, who=TOM)
    with pytest.raises(ConflictError) as raised:
        save(editor, ChangeText("fr", "waste", "ask_street", "other", "Dans quelle rue ?", "Votre rue ?"))
    assert raised.value.theirs == "Quelle est votre rue ?"


def test_many_at_once_lose_nothing(place):
    failed = []

    def add(number: int) -> None:
        words = "".join(chr(97 + int(digit)) * 5 for digit in f"{number:02}")
        try:
            save(place.editor(), AddSentence(*DAY, f"phrase {words} numéro {number}"))
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failed == []
    assert place.committed(FR).count("numéro") == 8
    assert place.git("rev-list", "--count", "HEAD").strip() == "9"
    assert place.status() == ""


def test_what_somebody_has_not_committed_is_neither_committed_nor_lost(place, editor):
    place.replace(FR, "  # Le tri.\n", "  # Le tri des déchets.\n")
    save(editor, ADD)
    assert "tri des déchets" not in place.committed(FR)
    assert "tri des déchets" in place.read(FR)
    assert ADD.text in place.committed(FR)
    assert ADD.text in place.read(FR)


def test_what_somebody_has_staged_stays_staged_and_out_of_the_commit(place, editor):
    place.write("notes.txt", "pas fini\n")
    place.replace(NL, "vuilniswagen", "vrachtwagen")
    place.git("add", "notes.txt", NL)
    save(editor, ADD)
    assert place.git("diff", "--cached", "--name-only").split() == [NL, "notes.txt"]
    assert place.git("show", "--name-only", "--format=", "HEAD").split() == [FR]


def test_a_sentence_that_was_changed_outside_and_not_committed_is_said(place, editor):
    place.replace(FR, FIRST, "autre chose")
    with pytest.raises(UncommittedError):
        save(editor, ReplaceSentence(*DAY, "autre chose", "encore autre chose"))
    assert "- autre chose\n" in place.read(FR)


def test_a_broken_file_from_outside_is_said_and_left(place, editor):
    place.write(FR, "nlu:\n  - intent: [oups\n")
    place.commit("feat: oups")
    with pytest.raises(BrokenFileError) as raised:
        save(editor, ADD, AddSentence("nl", "waste", "waste_collection_day", "komt de wagen morgen langs"))
    assert (raised.value.path, raised.value.line) == (FR, 3)
    assert place.status() == ""
    assert place.git("log", "-1", "--format=%s").strip() == "feat: oups"
    assert editor.look().broken[0].path == FR
    assert save(editor, AddSentence("nl", "waste", "waste_collection_day", "komt de wagen morgen langs"))


def test_all_or_nothing(place, editor):
    with pytest.raises(ConflictError):
        save(editor, STREET, ReplaceSentence(*DAY, "nulle part", "ailleurs tout à fait"))
    assert place.status() == ""
    assert place.git("rev-list", "--count", "HEAD").strip() == "1"


def test_what_is_done_already_makes_no_commit(place, editor):
    assert save(editor, RemoveSentence(*DAY, "nulle part")) is None
    assert place.git("rev-list", "--count", "HEAD").strip() == "1"


def test_a_full_disk_changes_nothing(place):
    def full(path: Path, content: bytes) -> None:
        write_durably(path, content[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    head = place.head()
    with pytest.raises(DiskFullError):
        save(place.editor(write=full), ADD)
    assert place.head() == head
    assert place.status() == ""


def fake_git(place: Place, script: str) -> str:
    """Return a git that says what a script says, and else is the real one."""
    program = place.root.parent / "git-of-tests"
    program.write_text(f'#!/bin/sh\ncase "$*" in {script} esac\nexec git "$@"\n')
    program.chmod(0o755)
    return str(program)


@pytest.mark.parametrize(
    ("command", "said", "error"),
    [
        ("hash-object", "fatal: unable to write loose object: No space left on device", DiskFullError),
        ("commit-tree", "fatal: bad object", GitError),
        ("update-ref", "fatal: cannot lock ref", GitError),
    ],
)
def test_a_git_that_fails_changes_nothing(tmp_path_factory, command, said, error):
    place = Place(tmp_path_factory.mktemp("a") / "b")
    head = place.head()
    program = fake_git(place, f'*{command}*) echo "{said}" >&2; exit 128;;')
    with pytest.raises(error):
        save(place.editor(program=program), ADD)
    assert place.head() == head
    assert place.status() == ""


def test_no_git_at_all_is_said(place):
    with pytest.raises(GitError):
        save(place.editor(program="/nowhere/git"), ADD)


def test_who_is_in_the_middle_of_a_merge_is_waited_for(place, editor):
    place.write(".git/MERGE_HEAD", place.head())
    with pytest.raises(BusyError):
        save(editor, ADD)
    (place.root / ".git/MERGE_HEAD").unlink()
    assert save(editor, ADD)


def test_another_process_that_holds_the_lock_is_waited_for(place):
    with (place.root / ".git/studio.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BusyError):
            save(place.editor(), ADD)
    assert save(place.editor(), ADD)


def test_a_process_that_ended_between_commit_and_files_is_made_good(place, editor, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            save(editor, ADD)
    assert ADD.text in place.committed(FR)
    assert ADD.text not in place.read(FR)
    save(place.editor(), STREET)
    assert ADD.text in place.read(FR)
    assert place.status() == ""


def test_what_was_never_committed_leaves_no_trace(place, editor):
    place.write("data/nlu/fr/.studio-waste.yml~0123456789~abc", "reste")
    save(editor, ADD)
    assert place.status() == ""
