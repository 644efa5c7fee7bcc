"""The organisation's own sign-in (OpenID Connect, authorization code with PKCE), through Authlib."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import Response

from kit.clock import Clock
from services.desk.accounts.account import Account
from services.desk.accounts.repository import Accounts
from services.desk.errors import DeskError
from services.desk.port import Storage
from services.desk.settings import DeskSettings, Role

log = logging.getLogger(__name__)

_NAMES: Final = ("name", "preferred_username", "email")


class OrganisationSignIn:
    """Sends people there, and reads who they are when they come back. Roles come from a claim each time."""

    def __init__(self, settings: DeskSettings, *, storage: Storage, accounts: Accounts, clock: Clock) -> None:
        self._settings = settings
        self._storage = storage
        self._accounts = accounts
        self._clock = clock
        issuer = settings.oidc_issuer.rstrip("/")
        self._client = OAuth().register(
            name="organisation",
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret.get_secret_value(),
            server_metadata_url=f"{issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": settings.oidc_scope,
                "code_challenge_method": "S256",
                "timeout": settings.oidc_timeout_s,
                "trust_env": False,
            },
        )

    async def go(self, request: Request, back: str) -> Response:
        """Send somebody there; they come back to the address ``back``. Raises DeskError: organisation_down."""
        try:
            response: Response = await self._client.authorize_redirect(request, back)
        except (httpx2.HTTPError, ValueError, KeyError, RuntimeError) as error:
            raise _down(error) from error
        return response

    async def come_back(self, request: Request) -> Account:
        """Return the account of who comes back. Raises DeskError: not_vouched, no_role, disabled, organisation_down."""
        try:
            token = await self._client.authorize_access_token(request)
        except (AuthlibBaseError, JoseError) as error:
            log.warning("the organisation's sign-in vouched for nobody: %s", type(error).__name__)
            raise DeskError(HTTPStatus.UNAUTHORIZED, "not_vouched") from error
        except (httpx2.HTTPError, ValueError, KeyError, RuntimeError) as error:
            raise _down(error) from error
        claims: Mapping[str, Any] = token.get("userinfo") or {}
        issuer, subject = str(claims.get("iss", "")), str(claims.get("sub", ""))
        if issuer.rstrip("/") != self._settings.oidc_issuer.rstrip("/") or not 0 < len(subject) <= 255:
            raise DeskError(HTTPStatus.UNAUTHORIZED, "not_vouched")
        roles = self._roles(claims)
        if not roles:
            raise DeskError(HTTPStatus.FORBIDDEN, "no_role")
        values = {"name": _name(claims), "roles": roles, **self._teams(claims)}

        def work(connection: Connection) -> Account:
            return self._account(connection, issuer, subject, values)

        try:
            account = await self._storage.write(work)
        except IntegrityError:  # their other window was first at that instant
            account = await self._storage.write(work)
        if not account.enabled:
            raise DeskError(HTTPStatus.FORBIDDEN, "disabled")
        return account

    def _account(self, connection: Connection, issuer: str, subject: str, values: dict[str, Any]) -> Account:
        """Return the account as the organisation describes it now, made at the first time."""
        found = self._accounts.by_subject(connection, issuer, subject)
        if found:
            self._accounts.change(connection, found.id, **values)
            account_id = found.id
        else:
            made = {"issuer": issuer, "subject": subject, "teams": [], "languages": [], **values}
            account_id = self._accounts.add(connection, self._clock.now(), made)
        account = self._accounts.by_id(connection, account_id)
        assert account is not None  # noqa: S101 - in the same transaction
        return account

    def _roles(self, claims: Mapping[str, Any]) -> list[Role]:
        groups = _listed(claims, self._settings.oidc_roles_claim)
        return sorted({role for group, role in self._settings.oidc_roles.items() if group in groups})

    def _teams(self, claims: Mapping[str, Any]) -> dict[str, list[str]]:
        claim = self._settings.oidc_teams_claim
        return {"teams": sorted(_listed(claims, claim))} if claim else {}


def _listed(claims: Mapping[str, Any], path: str) -> set[str]:
    """Return what a claim lists; dots lead into it, and a text alone is a list of one."""
    found: Any = claims.get(path)
    if found is None:
        found = claims
        for part in path.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return {found}
    return {each for each in found if isinstance(each, str)} if isinstance(found, list) else set()


def _name(claims: Mapping[str, Any]) -> str:
    told = next((claims[name] for name in _NAMES if isinstance(claims.get(name), str) and claims[name].strip()), "")
    return " ".join(told.split())[:60] or str(claims["sub"])[:60]


def _down(error: Exception) -> DeskError:
    log.warning("the organisation's sign-in failed: %s", type(error).__name__)
    return DeskError(HTTPStatus.BAD_GATEWAY, "organisation_down")
