"""Operators: their accounts, and a browser that fills in the desk's forms as they are on its pages."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import httpx
import pyotp
from fastapi import FastAPI

from services.desk.accounts.administration import Administration
from services.gateway.channels.desk_acts import record

PASSWORD = "le tram 81 passe à Flagey"
HERE = "http://127.0.0.1:8000"
_HASHES: dict[str, str] = {}


async def add_account(app: FastAPI, login: str, *roles: str, **values: Any) -> str:
    """Add an account and return its id; without a role named, an operator's."""
    desk = app.state.desk.desk
    if PASSWORD not in _HASHES:
        _HASHES[PASSWORD] = await desk.passwords.hashed(PASSWORD)
    administration = Administration(desk.accounts, desk.sessions, record)
    given = {
        "login": login,
        "name": login.capitalize(),
        "password": _HASHES[PASSWORD],
        "roles": roles or ("operator",),
        "teams": [],
        "languages": ["fr", "nl"],
        **values,
    }
    return await app.state.database.write(
        lambda connection: administration.add(connection, desk.clock.now(), "test", **given)
    )


class Operator:
    """A browser at the desk; the telephone with the codes is beside it."""

    def __init__(
        self, app: FastAPI, clock: Any, *, address: str = "127.0.0.1", base: str = HERE, **headers: str
    ) -> None:
        transport = httpx.ASGITransport(app=app, client=(address, 4711))
        self.client = httpx.AsyncClient(
            transport=transport, base_url=base, headers={"Accept-Language": "fr", **headers}, follow_redirects=True
        )
        self.app = app
        self.clock = clock
        self.page = ""
        self.secret: str | None = None

    async def open(self, path: str) -> httpx.Response:
        """Open a page."""
        answer = await self.client.get(f"/desk{path}")
        self.page = answer.text
        return answer

    async def send(self, path: str, **fields: Any) -> httpx.Response:
        """Send a form of the page that is open, with its token."""
        answer = await self.client.post(f"/desk{path}", data={"csrf": self.csrf, **fields})
        self.page = answer.text
        return answer

    @property
    def csrf(self) -> str:
        """The token of the forms on the page that is open."""
        found = re.search(r'name="csrf" value="(\w+)"', self.page)
        return found[1] if found else ""

    @property
    def alert(self) -> str:
        """What the page that is open says went wrong."""
        found = re.search(r'role="alert">(.*?)</p>', self.page, re.DOTALL)
        return " ".join(unescape(found[1]).split()) if found else ""

    async def type_password(self, login: str, password: str = PASSWORD) -> httpx.Response:
        """Open the form and send it."""
        await self.open("/sign-in")
        return await self.send("/sign-in", login=login, password=password)

    def code(self) -> str:
        """Return the code that the telephone shows."""
        assert self.secret
        return pyotp.TOTP(self.secret).at(self.clock.now())

    async def sign_in(self, login: str, password: str = PASSWORD) -> httpx.Response:
        """Sign in with both factors; the first time sets the telephone up."""
        await self.type_password(login, password)
        shown = re.search(r'class="secret">([A-Z2-7 ]+)<', self.page)
        if shown:
            self.secret = shown[1].replace(" ", "")
        else:
            self.clock.at += timedelta(seconds=30)
        answer = await self.send("/code", code=self.code())
        assert answer.status_code == 200, self.alert
        return answer
