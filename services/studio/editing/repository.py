"""Makes changes in the repository: one at a time, committed, and merged with whatever happened there meanwhile.

A change is made to the file as the last commit has it, which makes the next commit, and to the file as it is in the
working copy, which the assistant reads and which may hold what somebody has not committed; that stays uncommitted.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from services.studio.editing import heldout, replies, sentences
from services.studio.editing.edits import (
    AddTest,
    ChangeField,
    ChangeText,
    ConflictError,
    Edit,
    RemoveSentence,
    ReplaceSentence,
)
from services.studio.editing.errors import (
    BrokenFileError,
    BusyError,
    DiskFullError,
    EditingError,
    GitError,
    GoneError,
    UncommittedError,
)
from services.studio.editing.files import File
from services.studio.editing.git import Git, Person

log = logging.getLogger(__name__)

#: Begins the name of a file that is about to take another one's place; its end says for which commit.
_COMING: Final = ".studio-"
_TRIES: Final = 40
_LOOK_AGAIN_S: Final = 0.05
Write = Callable[[Path, bytes], None]


@dataclass(frozen=True)
class _Planned:
    """A file's content now and after the change, in the last commit and in the working copy."""

    committed: tuple[str, str]
    working: tuple[str, str]


def write_durably(path: Path, content: bytes) -> None:
    """Write a file and wait until the disk has it. Raises OSError."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


class Repository:
    """The repository that the assistant's data stand in."""

    def __init__(self, git: Git, *, wait_s: float = 10, write: Write = write_durably) -> None:
        self.git = git
        self.root = git.root
        self._wait_s = wait_s
        self._write = write

    def content(self, file: File) -> str:
        """Return a file as it is in the working copy. Raises BrokenFileError, GoneError."""
        path = self.root / file.path
        try:
            return path.read_bytes().decode("utf-8")
        except FileNotFoundError as error:
            raise GoneError(f"{file.path}: no such file") from error
        except UnicodeDecodeError as error:
            raise BrokenFileError(file.path, "not UTF-8") from error

    def change(
        self,
        edits: Sequence[Edit],
        author: Person,
        message: str,
        at: datetime,
        *,
        base: str | None = None,
        undoes: str | None = None,
    ) -> str | None:
        """Make changes, all or none, in one commit, and return it; None where all were made already.

        ``base``: the commit that whoever makes them has looked at; ``undoes``: the one that they take back, so that a
        file in which nothing else has changed becomes what it was to the byte. Raises EditingError.
        """
        with self._alone():
            for _ in range(_TRIES):
                if self.git.is_unfinished():
                    time.sleep(_LOOK_AGAIN_S)
                    continue
                head = self.git.head()
                self._finish(head)
                planned = self._planned(edits, head, base, undoes)
                if not planned:
                    return None
                if made := self._commit(planned, head, author, message, at):
                    return made
            raise BusyError("the repository is being changed by somebody else")

    def _planned(self, edits: Sequence[Edit], head: str, base: str | None, undoes: str | None) -> dict[File, _Planned]:
        planned: dict[File, _Planned] = {}
        for file in dict.fromkeys(edit.file for edit in edits):
            here = [edit for edit in edits if edit.file == file]
            committed, working = self.git.content(head, file.path), self.content(file)
            if committed is None:
                raise UncommittedError(f"{file.path} was never committed", path=file.path)
            undone = self._undone(file, undoes)
            changed = undone.get(working) or self._made(working, here, base)
            if committed == working:
                kept = changed
            else:
                try:
                    kept = undone.get(committed) or self._made(committed, here, base)
                except EditingError as error:
                    raise UncommittedError(f"{file.path} has changes that are not committed", path=file.path) from error
            if (kept, changed) != (committed, working):
                planned[file] = _Planned((committed, kept), (working, changed))
        return planned

    def _undone(self, file: File, commit: str | None) -> dict[str, str]:
        """Return a file's content before a commit, by that after it."""
        if commit is None:
            return {}
        after, before = self.git.contents([(commit, file.path), (f"{commit}^", file.path)])
        return {after: before} if after is not None and before is not None else {}

    def _made(self, content: str, edits: Sequence[Edit], base: str | None) -> str:
        for edit in edits:
            try:
                content = _applied(content, edit)
            except ConflictError as error:
                raise self._explained(error, content, base) from error
            if isinstance(edit, RemoveSentence) and base and (theirs := self._became(edit, content, base)):
                raise self._explained(ConflictError(edit, theirs), content, base)
        return content

    def _explained(self, error: ConflictError, content: str, base: str | None) -> ConflictError:
        """Return a conflict with what somebody made of the sentence, and who."""
        theirs = error.theirs
        if theirs is None and base and isinstance(error.edit, ReplaceSentence):
            theirs = self._became(error.edit, content, base)
        who = self.git.run("log", "-1", "--format=%an", "--", error.edit.file.path) or None
        return ConflictError(error.edit, theirs, who)

    def _became(self, edit: ReplaceSentence | RemoveSentence, content: str, base: str) -> str | None:
        sentence = edit.old if isinstance(edit, ReplaceSentence) else edit.text
        path = edit.file.path
        seen = self.git.content(base, path)
        if seen is None:
            return None
        before = sentences.of_intent(sentences.read(seen, path), edit.intent)
        after = sentences.of_intent(sentences.read(content, path), edit.intent)
        return sentences.became(before, after, sentence)

    def _commit(
        self, planned: Mapping[File, _Planned], head: str, author: Person, message: str, at: datetime
    ) -> str | None:
        """Write everything, then move the branch, then let the new files take their places; None to try again."""
        kept = {file.path: plan.committed[1] for file, plan in planned.items()}
        changes_history = any(plan.committed[0] != plan.committed[1] for plan in planned.values())
        new = self.git.commit(head, kept, author, message, at) if changes_history else head
        coming: dict[Path, Path] = {}
        try:
            for file, plan in planned.items():
                path = self.root / file.path
                coming[path] = _coming(path, new, plan.working[0])
                coming[path].unlink(missing_ok=True)
                self._write(coming[path], plan.working[1].encode())
                coming[path].chmod(path.stat().st_mode & 0o777)
            # Whoever writes a file meanwhile, or commits, wins: what was planned is planned anew on theirs.
            same = all(self.content(file) == plan.working[0] for file, plan in planned.items())
            if not same or (new != head and not self.git.move_head(new, head)):
                _discard(coming)
                return None
        except OSError as error:
            _discard(coming)
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise DiskFullError("no room left for the files") from error
            raise GitError(f"the files cannot be written: {type(error).__name__}") from error
        except BaseException:
            _discard(coming)
            raise
        for path, each in coming.items():
            each.replace(path)
        self._stage(kept, head, new)
        return new

    def _stage(self, paths: Mapping[str, str], head: str, new: str) -> None:
        try:
            for path in paths:
                self.git.stage(path, head, new)
        except EditingError as error:
            log.warning("the index does not have the studio's commit %s: %s", new, error)

    def _finish(self, head: str) -> None:
        """Do what was left undone where a process ended between its commit and its files."""
        left = [*(self.root / "data").glob(f"*/*/{_COMING}*"), *(self.root / "tests/nlu").glob(f"*/{_COMING}*")]
        for each in left:
            name, _, rest = each.name.removeprefix(_COMING).partition("~")
            commit, _, before = rest.partition("~")
            path = each.with_name(name)
            same = path.exists() and _digest(path.read_bytes()) == before
            if same and self._is_in(commit, head):
                each.replace(path)
                self._stage({str(path.relative_to(self.root)): ""}, f"{commit}^", commit)
            else:
                each.unlink(missing_ok=True)

    def _is_in(self, commit: str, head: str) -> bool:
        try:
            self.git.run("merge-base", "--is-ancestor", commit, head)
        except GitError:
            return False
        return True

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock that every process of the studio takes. Raises BusyError."""
        until = time.monotonic() + self._wait_s
        try:
            lock = (self.git.folder / "studio.lock").open("a")
        except OSError as error:
            raise DiskFullError("no room for the lock") from error
        with lock:
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError as error:
                    if time.monotonic() > until:
                        raise BusyError("another change takes too long") from error
                    time.sleep(_LOOK_AGAIN_S)
            yield


def _applied(content: str, edit: Edit) -> str:
    if isinstance(edit, AddTest):
        return heldout.added(content, edit)
    if isinstance(edit, ChangeText | ChangeField):
        return replies.applied(content, edit, edit.file.path)
    return sentences.applied(content, edit, edit.file.path)


def _coming(path: Path, commit: str, before: str) -> Path:
    return path.with_name(f"{_COMING}{path.name}~{commit}~{_digest(before.encode())}")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _discard(coming: Mapping[Path, Path]) -> None:
    for each in coming.values():
        with contextlib.suppress(OSError):
            each.unlink(missing_ok=True)
