"""What stops a change; ``code`` is stable, and ``error_<code>`` is its text on the pages."""

from __future__ import annotations


class EditingError(Exception):
    """A change that was not made; the files are as they were before."""

    code = "not_saved"

    def __init__(self, said: str, /, **params: object) -> None:
        super().__init__(said)
        self.params = params


class BrokenFileError(EditingError):
    """A file that is not what it should be, such as one that was pushed from outside with a mistake in it."""

    code = "broken_file"

    def __init__(self, path: str, reason: str, line: int | None = None) -> None:
        where = f"{path}, line {line}" if line else path
        super().__init__(f"{where}: {reason}", path=path, line=line or 1, reason=reason)
        self.path = path
        self.line = line
        self.reason = reason


class GoneError(EditingError):
    """There is no such topic, question or text (any more)."""

    code = "gone"


class LastSentenceError(EditingError):
    """The only sentence that a question has in a file: without one it could not be learnt."""

    code = "last_sentence"


class UncommittedError(EditingError):
    """What is to be changed was changed outside of the studio and was not committed there."""

    code = "uncommitted"


class BusyError(EditingError):
    """Somebody else is changing the repository right now, or has not finished a merge in it."""

    code = "busy"


class DiskFullError(EditingError):
    """There is no room left to write."""

    code = "disk_full"


class GitError(EditingError):
    """The git program is missing, or refuses."""

    code = "git_failed"


class NotRevertibleError(EditingError):
    """A commit that changes more than sentences and texts, or nothing of them."""

    code = "not_revertible"
