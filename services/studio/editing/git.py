"""The git program: what a commit needs, without touching what else stands in the index or the working copy."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from services.studio.editing.errors import DiskFullError, GitError

_NO_ROOM: Final = "No space left on device"
_MODE: Final = "100644"
#: Whoever merges or rebases has one of these.
_UNFINISHED: Final = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply", "index.lock")


@dataclass(frozen=True)
class Person:
    """Whose name a commit has; the address leads to nobody's mailbox."""

    name: str
    address: str


class Git:
    """A repository, by the git program."""

    def __init__(self, root: Path, *, program: str = "git", timeout_s: float = 10) -> None:
        self.root = root
        self._program = program
        self._timeout_s = timeout_s
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        self._environment |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}

    def head(self) -> str:
        """Return the commit that the working copy stands on. Raises GitError."""
        return self.run("rev-parse", "--verify", "HEAD")

    @cached_property
    def folder(self) -> Path:
        """Where git keeps what is its own of this working copy. Raises GitError."""
        return self.root / self.run("rev-parse", "--git-dir")

    def is_unfinished(self) -> bool:
        """Tell whether somebody is in the middle of a merge, or of another command."""
        return any((self.folder / name).exists() for name in _UNFINISHED)

    def content(self, revision: str, path: str) -> str | None:
        """Return a file's content in a commit; None where it is not there."""
        return self.contents([(revision, path)])[0]

    def contents(self, wanted: Sequence[tuple[str, str]]) -> list[str | None]:
        """Return the contents of several files, each in its commit."""
        names = "".join(f"{revision}:{path}\n" for revision, path in wanted)
        out = self._call(["cat-file", "--batch"], names.encode())
        found: list[str | None] = []
        at = 0
        for _ in wanted:
            end = out.index(b"\n", at)
            header = out[at:end].decode(errors="replace")
            at = end + 1
            if header.endswith("missing"):
                found.append(None)
                continue
            size = int(header.rsplit(" ", 1)[1])
            found.append(out[at : at + size].decode("utf-8", errors="replace"))
            at += size + 1
        return found

    def commit(self, parent: str, files: Mapping[str, str], author: Person, message: str, at: datetime) -> str:
        """Make a commit on a parent, with these files' contents; return it. No branch moves yet."""
        studio = Person("Studio", f"studio@{author.address.rpartition('@')[2]}")
        when = at.isoformat(timespec="seconds")
        with tempfile.TemporaryDirectory() as folder:
            # An index of its own: what somebody has staged for a commit of theirs stays there.
            more = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            self.run("read-tree", parent, environment=more)
            for path, content in files.items():
                blob = self.run("hash-object", "-w", "--stdin", given=content.encode())
                self.run("update-index", "--cacheinfo", f"{_MODE},{blob},{path}", environment=more)
            tree = self.run("write-tree", environment=more)
        people = {
            "GIT_AUTHOR_NAME": author.name,
            "GIT_AUTHOR_EMAIL": author.address,
            "GIT_AUTHOR_DATE": when,
            "GIT_COMMITTER_NAME": studio.name,
            "GIT_COMMITTER_EMAIL": studio.address,
            "GIT_COMMITTER_DATE": when,
        }
        return self.run("commit-tree", tree, "-p", parent, given=message.encode(), environment=people)

    def move_head(self, new: str, old: str) -> bool:
        """Let the branch stand on another commit; False where it does not stand on ``old`` any more."""
        try:
            self.run("update-ref", "-m", "studio", "HEAD", new, old)
        except GitError:
            if self.head() == old:
                raise
            return False
        return True

    def stage(self, path: str, old: str, new: str) -> None:
        """Put a file's new commit into the index, where the index had that of the commit before."""
        staged = self.run("ls-files", "--stage", "--", path).split()
        if staged and staged[1] == self.run("rev-parse", f"{old}:{path}"):
            blob = self.run("rev-parse", f"{new}:{path}")
            self.run("update-index", "--cacheinfo", f"{_MODE},{blob},{path}")

    def run(self, *arguments: str, given: bytes = b"", environment: Mapping[str, str] | None = None) -> str:
        """Return what a command of git says. Raises DiskFullError, GitError."""
        return self._call(arguments, given, environment).decode("utf-8", errors="replace").strip()

    def _call(self, arguments: Sequence[str], given: bytes, environment: Mapping[str, str] | None = None) -> bytes:
        command = [self._program, "-C", str(self.root), "-c", "core.quotepath=false", *arguments]
        try:
            done = subprocess.run(  # noqa: S603 - our own words; what people type is given as input only
                command,
                input=given,
                capture_output=True,
                env={**self._environment, **(environment or {})},
                timeout=self._timeout_s,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise GitError(f"git cannot be used: {type(error).__name__}") from error
        if done.returncode:
            said = done.stderr.decode("utf-8", errors="replace").strip()
            if _NO_ROOM in said:
                raise DiskFullError(said)
            raise GitError(f"git {arguments[0]}: {said}")
        return done.stdout
