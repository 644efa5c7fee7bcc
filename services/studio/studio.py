"""The studio's parts, put together."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from services.desk.accounts.account import Account
from services.desk.desk import Desk
from services.desk.texts import Texts
from services.desk.web.cookies import STUDIO
from services.desk.web.pages import Pages
from services.studio.editing.editor import Editor, Who
from services.studio.editing.facts import Facts
from services.studio.editing.git import Git
from services.studio.editing.repository import Repository
from services.studio.inbox.inbox import Inbox
from services.studio.insight.figures import Figures
from services.studio.settings import StudioSettings

#: The path of everything in the studio.
ROOT: Final = STUDIO
_TEMPLATES: Final = Path(__file__).parent / "templates"


class Studio:
    """Everything that the studio's pages use. One signs in at the desk: accounts, sessions and forms are the desk's."""

    def __init__(self, settings: StudioSettings, desk: Desk, *, inbox: Inbox, figures: Figures) -> None:
        """Read the screens' texts; raises TextsError."""
        self.inbox = inbox
        self.figures = figures
        self.settings = settings
        self.desk = desk
        self.clock = desk.clock
        git = Git(settings.repository, program=settings.git, timeout_s=settings.git_timeout_s)
        repository = Repository(git, wait_s=settings.wait_s)
        self.editor = Editor(repository, desk.clock, address_domain=settings.address_domain)
        self.facts = Facts(settings.repository)
        self.pages = Pages(
            Texts(desk.settings.texts, settings.texts),
            desk.cookies,
            chat_on=lambda: desk.gateway.handover() is not None,
            root=ROOT,
            folders=[_TEMPLATES],
        )


def who(account: Account) -> Who:
    """Return in whose name a change is made."""
    return Who(account.id, account.name)
