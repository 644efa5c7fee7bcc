"""What was changed when by whom and why, as sentences and texts, and how to take it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Final

from services.studio.editing import replies, sentences
from services.studio.editing.edits import (
    AddSentence,
    ChangeField,
    ChangeText,
    Edit,
    Field,
    RemoveSentence,
    ReplaceSentence,
)
from services.studio.editing.errors import BrokenFileError, GitError, GoneError, NotRevertibleError
from services.studio.editing.files import File, file_of
from services.studio.editing.git import Git
from services.studio.editing.replies import Reply

_FORMAT: Final = "%x01%H%x00%an%x00%aI%x00%s%x00%b"
_FIELDS: Final[tuple[Field, ...]] = ("source", "valid_until")


@dataclass(frozen=True)
class Commit:
    """A commit."""

    id: str
    who: str
    at: datetime
    subject: str
    why: str


@dataclass(frozen=True)
class Change:
    """A commit with what it did; ``whole`` where that is everything it did."""

    commit: Commit
    edits: Sequence[Edit]
    whole: bool


class History:
    """The history of a repository's sentences and texts."""

    def __init__(self, git: Git) -> None:
        self._git = git

    def of(self, paths: Sequence[str], *, most: int = 25) -> list[Commit]:
        """Return the newest commits that changed one of these paths."""
        out = self._git.run("log", f"-{most}", f"--format={_FORMAT}", "--no-merges", "--", *paths)
        return [_commit(part) for part in out.split("\x01") if part.strip()]

    def change(self, commit_id: str) -> Change:
        """Return what a commit did. Raises GoneError."""
        commit = self._found(commit_id)
        files, whole = self._files(commit.id)
        edits, same = self._between(files, f"{commit.id}^", commit.id)
        return Change(commit, edits, whole and same)

    def inverse(self, commit_id: str) -> tuple[Commit, list[Edit]]:
        """Return a commit and the changes that take it back. Raises GoneError, NotRevertibleError."""
        commit = self._found(commit_id)
        files, whole = self._files(commit.id)
        edits, same = self._between(files, commit.id, f"{commit.id}^")
        if not (edits and whole and same):
            raise NotRevertibleError(f"{commit.id} is more than sentences and texts")
        return commit, edits

    def _found(self, commit_id: str) -> Commit:
        try:
            found = self._git.run("log", "-1", f"--format={_FORMAT}", "--end-of-options", commit_id, "--")
        except GitError as error:
            raise GoneError(f"no commit {commit_id}") from error
        return _commit(found.removeprefix("\x01"))

    def _files(self, commit_id: str) -> tuple[list[File], bool]:
        """Return the files that a commit changed, and whether there are no others."""
        out = self._git.run("diff-tree", "--root", "--no-commit-id", "-r", "--name-only", "-z", commit_id)
        paths = [path for path in out.split("\x00") if path]
        files = [file for path in paths if (file := file_of(path))]
        return files, len(files) == len(paths)

    def _between(self, files: Sequence[File], old: str, new: str) -> tuple[list[Edit], bool]:
        wanted = [(revision, file.path) for file in files for revision in (old, new)]
        contents = self._git.contents(wanted)
        edits: list[Edit] = []
        same = True
        for file, before, after in zip(files, contents[::2], contents[1::2], strict=True):
            try:
                if before is None or after is None:
                    raise BrokenFileError(file.path, "made or removed as a whole")
                made = list(_sentences(file, before, after) if file.kind == "nlu" else _texts(file, before, after))
            except BrokenFileError:
                same = False
            else:
                edits += made
        return edits, same


def _commit(part: str) -> Commit:
    commit_id, who, at, subject, body = part.split("\x00", 4)
    return Commit(commit_id, who, datetime.fromisoformat(at), subject, body.strip())


def _sentences(file: File, before: str, after: str) -> Iterator[Edit]:
    old, new = _by_intent(before, file.path), _by_intent(after, file.path)
    for intent in dict.fromkeys((*old, *new)):
        first, second = old.get(intent, []), new.get(intent, [])
        where = (file.language, file.topic, intent)
        for _, start, end, begin, stop in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
            gone, come = first[start:end], second[begin:stop]
            if gone == come:
                continue
            pairs = min(len(gone), len(come))
            for one, other in zip(gone, come, strict=False):
                yield ReplaceSentence(*where, one, other)
            for text in gone[pairs:]:
                yield RemoveSentence(*where, text)
            for place in range(begin + pairs, stop):
                yield AddSentence(*where, second[place], second[place - 1] if place else "")


def _by_intent(content: str, path: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for block in sentences.read(content, path):
        found.setdefault(block.intent, []).extend(block.sentences)
    return found


def _texts(file: File, before: str, after: str) -> Iterator[Edit]:
    old, new = replies.read(before, file.path), replies.read(after, file.path)
    if old.keys() != new.keys():
        raise BrokenFileError(file.path, "texts were made or removed as a whole")
    for reply_id in old:
        yield from _text(file, old[reply_id], new[reply_id])


def _text(file: File, old: Reply, new: Reply) -> Iterator[Edit]:
    if old.forms.keys() != new.forms.keys() or old.owner != new.owner:
        raise BrokenFileError(file.path, f"{old.id} was made anew")
    where = (file.language, file.topic, old.id)
    for form, text in old.forms.items():
        if text != new.forms[form]:
            yield ChangeText(*where, form, text, new.forms[form])
    for name in _FIELDS:
        one, other = _plain(old, name), _plain(new, name)
        if one != other:
            yield ChangeField(*where, name, one, other)


def _plain(reply: Reply, name: Field) -> str | None:
    fields: Mapping[Field, object] = {"source": reply.source, "valid_until": reply.valid_until}
    return str(fields[name]) if fields[name] is not None else None
