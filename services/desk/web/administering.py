"""The administrators' page: every account; who signs in no more, and who sets up a telephone anew."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Path, Request
from sqlalchemy import Connection
from starlette.responses import Response

from services.desk.accounts.account import Account
from services.desk.desk import Desk
from services.desk.errors import DeskError
from services.desk.web import reading
from services.desk.web.cookies import ROOT
from services.desk.web.pages import go
from services.desk.web.visitors import allowed

router = APIRouter()

Administering = Annotated[Account, Depends(allowed("administrator"))]


@router.get("/accounts")
async def accounts(request: Request, account: Administering) -> Response:
    """Show every account."""
    desk: Desk = request.app.state.desk
    found = await desk.storage.read(desk.accounts.every)
    return desk.pages.show(
        request, "accounts", accounts=found, own_id=account.id, team_names=desk.teams, moments=reading.moments
    )


@router.post("/accounts/{account_id}")
async def change(
    request: Request,
    account: Administering,
    account_id: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")],
    act: Annotated[Literal["enable", "disable", "reset"], Form()],
) -> Response:
    """Let somebody sign in again or not any more, or have them set up a telephone anew; their sessions end."""
    desk: Desk = request.app.state.desk
    if account_id == account.id:
        raise DeskError(HTTPStatus.CONFLICT, "own_account")
    now = desk.clock.now()

    def work(connection: Connection) -> bool:
        found = desk.accounts.by_id(connection, account_id)
        if found is None:
            return False
        if act == "reset":
            desk.administration.reset(connection, now, account.name, found, None)
        else:
            desk.administration.enable(connection, now, account.name, found, enabled=act == "enable")
        return True

    if not await desk.storage.write(work):
        raise DeskError(HTTPStatus.NOT_FOUND, "not_found")
    return go(request, f"{ROOT}/accounts")
