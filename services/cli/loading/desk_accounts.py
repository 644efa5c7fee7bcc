"""Operators for a measurement: their accounts in a database of their own, and how their browsers sign in."""

from __future__ import annotations

import re
from typing import Any, Final

import httpx
from pydantic import SecretStr

from kit.clock import SystemClock
from services.desk.accounts.administration import Administration
from services.desk.accounts.passwords import Passwords
from services.desk.accounts.repository import Accounts
from services.desk.accounts.sessions import Sessions
from services.desk.settings import DeskSettings
from services.gateway.channels.desk_acts import record
from services.gateway.channels.desk_tables import TABLES
from services.gateway.core.database import sync_engine
from services.gateway.core.migrate import upgrade

_PASSWORD: Final = SecretStr("a caller each and a tram a minute")


async def add_operators(database: str, count: int) -> list[str]:
    """Add accounts and return the names to sign in with; they share a password, which is hashed once."""
    settings = DeskSettings()
    hashed = await Passwords(settings.password_least).hashed(_PASSWORD.get_secret_value())
    administration = Administration(Accounts(TABLES), Sessions(TABLES, settings), record)
    given: dict[str, Any] = {"roles": ("operator",), "teams": [], "languages": ["fr", "nl", "en"], "password": hashed}
    logins = [f"operator{number}" for number in range(count)]
    engine = sync_engine(database)
    upgrade(engine)
    with engine.begin() as connection:
        for login in logins:
            administration.add(connection, SystemClock().now(), "bxl", login=login, name=login, **given)
    engine.dispose()
    return logins


def environment(database: str) -> dict[str, str]:
    """Return the gateway's environment in which they sign in with a password alone, all at once."""
    return {
        "BXL_GATEWAY_DATABASE_URL": database,
        "BXL_DESK_SECOND_FACTOR": "off",
        "BXL_DESK_TRIES_PER_MINUTE": "60000",
        "BXL_DESK_TRIES_BURST": "1000",
    }


async def sign_in(browser: httpx.AsyncClient, login: str, page: str) -> str:
    """Sign in, as the form does, and return a page of the desk. Raises httpx.HTTPError."""
    form = (await browser.get("/desk/sign-in")).text
    given = {"csrf": value(form, "csrf"), "login": login, "password": _PASSWORD.get_secret_value()}
    (await browser.post("/desk/sign-in", data=given)).raise_for_status()
    return (await browser.get(page)).text


def value(page: str, name: str) -> str:
    """Return what a page's forms bring along under a name; empty where there is none."""
    found = re.search(rf'name="{name}" value="([\w-]+)"', page)
    return found[1] if found else ""
