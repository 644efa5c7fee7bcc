"""An account as it is read from its table."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row

from kit.languages import LANGUAGES, Language
from services.desk.settings import ROLES, Role


@dataclass(frozen=True)
class Account:
    """Someone who works at the desk."""

    id: str
    login: str | None
    name: str
    roles: frozenset[Role]
    teams: tuple[str, ...]
    languages: tuple[Language, ...]
    preferences: dict[str, Any]
    password: str | None = field(repr=False)
    secret: bytes | None = field(repr=False)
    enrolled: bool
    enabled: bool
    created_at: datetime
    signed_in_at: datetime | None

    @property
    def theme(self) -> str:
        """The colours of the screens: auto, light, dark."""
        return str(self.preferences.get("theme", "auto"))

    @property
    def sound(self) -> bool:
        """Whether something new makes a sound."""
        return bool(self.preferences.get("sound", True))

    @property
    def slash(self) -> bool:
        """Whether the key / leads to the helper from everywhere."""
        return bool(self.preferences.get("slash", True))

    @property
    def helps(self) -> bool:
        """Whether the helper is theirs."""
        return bool(self.roles & {"operator", "supervisor", "editor"})

    @property
    def edits(self) -> bool:
        """Whether the studio is theirs."""
        return bool(self.roles & {"editor", "administrator"})

    @property
    def status(self) -> Literal["available", "away"]:
        """Whether they take conversations now."""
        return "away" if self.preferences.get("status") == "away" else "available"

    @property
    def local(self) -> bool:
        """Whether the password is kept here."""
        return self.login is not None


def account_of(row: Row[Any]) -> Account:
    """Return the account of a row; a role that is not known any more is none."""
    return Account(
        id=row.id,
        login=row.login,
        name=row.name,
        roles=frozenset(each for each in ROLES if each in row.roles),
        teams=tuple(row.teams),
        languages=tuple(each for each in LANGUAGES if each in row.languages),
        preferences=dict(row.preferences),
        password=row.password,
        secret=row.secret,
        enrolled=row.enrolled,
        enabled=row.enabled,
        created_at=row.created_at,
        signed_in_at=row.signed_in_at,
    )
