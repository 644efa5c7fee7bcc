"""Saving a form: the change is made, or the form comes back with every word in it and what is the matter."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import Request
from pydantic import BaseModel, Field

from services.desk.accounts.account import Account
from services.studio.editing.editor import RefusedError
from services.studio.editing.edits import ConflictError, Edit
from services.studio.editing.errors import EditingError
from services.studio.editing.findings import Finding
from services.studio.studio import Studio, who
from services.studio.web.failures import noted, status_of


class Saving(BaseModel):
    """What every form that saves brings along."""

    #: The commit that the page showed.
    base: str = Field(default="", pattern=r"^([0-9a-f]{40,64})?$")
    why: str = Field(default="", max_length=500)
    confirmed: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of saving; where something is the matter, the form is shown again."""

    commit: str | None = None
    findings: Sequence[Finding] = ()
    conflict: ConflictError | None = None
    error: EditingError | None = None

    @property
    def failed(self) -> bool:
        """Whether nothing was saved."""
        return bool(self.findings or self.conflict or self.error)

    @property
    def status(self) -> HTTPStatus:
        """The status of the page that comes back."""
        if self.findings:
            return HTTPStatus.UNPROCESSABLE_ENTITY
        if self.conflict:
            return HTTPStatus.CONFLICT
        return status_of(self.error) if self.error else HTTPStatus.OK

    @property
    def can_be_confirmed(self) -> bool:
        """Whether the same form is saved once somebody has looked."""
        return bool(self.findings) and all(finding.level == "look" for finding in self.findings)


def studio_of(request: Request) -> Studio:
    """Return the studio that an application belongs to."""
    studio: Studio = request.app.state.studio
    return studio


async def save(request: Request, account: Account, edits: Sequence[Edit], form: Saving) -> Outcome:
    """Make changes in somebody's name."""
    editor = studio_of(request).editor
    try:
        commit = await asyncio.to_thread(
            editor.save, edits, who(account), form.why, base=form.base or None, confirmed=form.confirmed
        )
    except RefusedError as error:
        return Outcome(findings=error.findings)
    except ConflictError as error:
        return Outcome(conflict=error)
    except EditingError as error:
        return Outcome(error=noted(error))
    return Outcome(commit=commit)
