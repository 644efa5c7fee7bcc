"""The way in: look at the data, check changes, save them, and take them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kit.clock import Clock
from services.studio.editing import messages
from services.studio.editing.alike import Alike
from services.studio.editing.checks import Checks
from services.studio.editing.edits import Edit
from services.studio.editing.errors import EditingError
from services.studio.editing.findings import Finding
from services.studio.editing.git import Person
from services.studio.editing.heldout import HeldOut
from services.studio.editing.history import History
from services.studio.editing.library import Library, Snapshot
from services.studio.editing.repository import Repository


@dataclass(frozen=True)
class Who:
    """Who changes something; ``id`` is what stands for them where a commit wants an address."""

    id: str
    name: str


class RefusedError(EditingError):
    """A change with something wrong in it, or with something that was not confirmed."""

    code = "refused"

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = findings

    @property
    def can_be_confirmed(self) -> bool:
        """Whether nothing is wrong: somebody only has to look."""
        return all(finding.level == "look" for finding in self.findings)


class Editor:
    """Changes sentences and texts for people. Every method reads or writes files: call it outside of an event loop."""

    def __init__(self, repository: Repository, clock: Clock, *, address_domain: str) -> None:
        """``address_domain``: of the addresses that commits have in place of the editors' own."""
        self._repository = repository
        self._clock = clock
        self._domain = address_domain
        self._library = Library(repository.root)
        self.checks = Checks(Alike(), HeldOut(repository.root / "tests" / "nlu"))
        self.history = History(repository.git)

    def look(self) -> Snapshot:
        """Return the data as they are now."""
        return self._library.look()

    def head(self) -> str:
        """Return the commit that the data stand on; what is saved later names it as its base. Raises GitError."""
        return self._repository.git.head()

    def save(
        self, edits: Sequence[Edit], who: Who, why: str, *, base: str | None = None, confirmed: bool = False
    ) -> str | None:
        """Check changes, commit them and return the commit; None where there was nothing left to change.

        ``base``: the commit that was looked at; ``confirmed``: what has to be looked at was. Raises RefusedError,
        ConflictError and other EditingErrors; nothing is changed then.
        """
        findings = self.checks.of(edits, self.look())
        refused = [each for each in findings if each.level == "wrong" or not confirmed]
        if refused:
            raise RefusedError(refused)
        return self._make(edits, who, messages.message(edits, why), base)

    def take_back(self, commit_id: str, who: Who, why: str) -> str | None:
        """Undo what a commit did, in a new commit; later changes of other sentences stay.

        Raises GoneError, NotRevertibleError, ConflictError and other EditingErrors.
        """
        commit, edits = self.history.inverse(commit_id)
        message = messages.revert_message(commit.subject, commit.id, why)
        return self._make(edits, who, message, commit.id, undoes=commit.id)

    def _make(
        self, edits: Sequence[Edit], who: Who, message: str, base: str | None, *, undoes: str | None = None
    ) -> str | None:
        name = " ".join("".join(each for each in who.name if each.isprintable() and each not in "<>").split())
        author = Person(name or "Studio", f"{who.id}@{self._domain}")
        return self._repository.change(edits, author, message, self._clock.now(), base=base, undoes=undoes)
