"""Who asks: their session, language and the token that their forms have to bring along."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request

from kit.clock import Clock
from kit.languages import OFFICIAL, Language, as_language, from_accept_language
from services.desk.accounts.account import Account
from services.desk.accounts.sessions import Session, Sessions
from services.desk.errors import DeskError
from services.desk.keys import Keys, new_token
from services.desk.port import Storage
from services.desk.settings import DeskSettings, Role
from services.desk.web.cookies import Cookies

_READING: Final = frozenset({"GET", "HEAD"})
#: Parts of pages that ask for news by themselves: that is nobody who does something.
_BY_ITSELF: Final = frozenset({"today"})
#: Where the token of a form is: a field of it, or a header of scripts.
FIELD: Final = "csrf"
HEADER: Final = "x-csrf-token"


@dataclass(frozen=True)
class Visitor:
    """Who asks."""

    language: Language
    csrf: str = field(repr=False)
    session: Session | None = None
    #: What the browser is to be given for its forms, where it has nothing yet.
    new_form: str | None = field(default=None, repr=False)

    @property
    def account(self) -> Account | None:
        """The account of somebody who is wholly signed in."""
        return self.session.account if self.session and self.session.stage == "whole" else None


class Visitors:
    """Recognises visitors, and refuses forms that did not come from a page of the desk."""

    def __init__(
        self,
        *,
        storage: Storage,
        sessions: Sessions,
        keys: Keys,
        cookies: Cookies,
        clock: Clock,
        settings: DeskSettings,
    ) -> None:
        self._storage = storage
        self._sessions = sessions
        self._keys = keys
        self._cookies = cookies
        self._clock = clock
        self._here_only = settings.development

    async def meet(self, request: Request) -> None:
        """Put the visitor into the request's state. Raises DeskError: not_here, csrf."""
        request.state.visitor = visitor = await self._visitor(request)
        if self._here_only and not _is_here(request):
            raise DeskError(HTTPStatus.FORBIDDEN, "not_here")
        if request.method not in _READING:
            await self._check(request, visitor)

    async def holding(self, session_id: str) -> Account | None:
        """Return the account of a session that still holds."""
        now = self._clock.now()
        found = await self._storage.read(lambda connection: self._sessions.find_by_id(connection, session_id, now))
        return found.account if found else None

    async def _visitor(self, request: Request) -> Visitor:
        used = request.headers.get("hx-trigger") not in _BY_ITSELF
        session = await self._session(request.cookies.get(self._cookies.session), used=used)
        language = self._language(request, session)
        if session:
            return Visitor(language, self._keys.hashed("form", session.id), session)
        form = request.cookies.get(self._cookies.form)
        new = None if form else new_token()
        return Visitor(language, self._keys.hashed("form", form or new or ""), new_form=new)

    async def _session(self, token: str | None, *, used: bool) -> Session | None:
        if not token:
            return None
        now = self._clock.now()
        session = await self._storage.read(lambda connection: self._sessions.find(connection, token, now))
        if session and used and self._sessions.due(session, now):
            await self._storage.write(lambda connection: self._sessions.note(connection, session.id, now))
        return session

    def _language(self, request: Request, session: Session | None) -> Language:
        chosen = session.account.preferences.get("language") if session else None
        return (
            as_language(chosen)
            or as_language(request.cookies.get(self._cookies.language))
            or from_accept_language(request.headers.get("accept-language"))
            or OFFICIAL[0]
        )

    async def _check(self, request: Request, visitor: Visitor) -> None:
        given = request.headers.get(HEADER)
        if given is None:
            found = (await request.form()).get(FIELD)
            given = found if isinstance(found, str) else ""
        # Browsers say where a request comes from; only old ones do not.
        elsewhere = request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}
        bound = visitor.session is not None or visitor.new_form is None
        if elsewhere or not bound or not hmac.compare_digest(visitor.csrf.encode(), given.encode()):
            raise DeskError(HTTPStatus.FORBIDDEN, "csrf")


def _is_here(request: Request) -> bool:
    """Tell whether a request comes from this machine and means it by its name."""
    try:
        client = ipaddress.ip_address(request.client.host if request.client else "")
    except ValueError:
        return False
    return client.is_loopback and request.url.hostname in {"127.0.0.1", "localhost", "::1"}


def visitor_of(request: Request) -> Visitor:
    """Return who asks; somebody unknown where it went wrong before they were looked at."""
    found: Visitor | None = getattr(request.state, "visitor", None)
    return found or Visitor(from_accept_language(request.headers.get("accept-language")) or OFFICIAL[0], "")


def allowed(*roles: Role) -> Callable[[Request], Coroutine[Any, Any, Account]]:
    """Return a dependency that gives the account of who asks, where it has one of the roles; any role without one.

    It raises DeskError: sign_in, not_allowed.
    """

    async def account(request: Request) -> Account:
        found = visitor_of(request).account
        if found is None:
            raise DeskError(HTTPStatus.UNAUTHORIZED, "sign_in")
        if roles and not found.roles & set(roles):
            raise DeskError(HTTPStatus.FORBIDDEN, "not_allowed")
        return found

    return account
