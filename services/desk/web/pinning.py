"""What stands ready on the helper's page: an operator's pins in their own order, and what is on today."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from pydantic import Field
from sqlalchemy import Connection
from starlette.responses import Response

from kit.languages import Language
from services.desk.desk import Desk
from services.desk.errors import DeskError
from services.desk.pins import MOST, FullError
from services.desk.web.cookies import ROOT
from services.desk.web.helper_page import Helping, Kept, page
from services.desk.web.pages import go

router = APIRouter()

#: Messages end by themselves and cannot be pinned.
ItemId = Annotated[str, Field(pattern=r"^(answer|procedure|rule|contact|commune):[\w-]{1,100}$")]


class Pinning(Kept):
    """One of the buttons, with what it stands beside."""

    toggle: ItemId | None = None
    up: ItemId | None = None
    down: ItemId | None = None


@router.post("/helper/pins")
async def pin(request: Request, account: Helping, form: Annotated[Pinning, Form()]) -> Response:
    """Pin something or take the pin away, or move it up or down."""
    desk: Desk = request.app.state.desk

    def change(connection: Connection) -> None:
        if form.toggle:
            desk.pins.toggle(connection, account.id, form.toggle)
        if form.up:
            desk.pins.move(connection, account.id, form.up, "up")
        if form.down:
            desk.pins.move(connection, account.id, form.down, "down")

    error = None
    try:
        await desk.storage.write(change)
    except FullError:
        error = "pins_full"
    if not request.headers.get("hx-request"):
        if error:
            raise DeskError(HTTPStatus.CONFLICT, error, most=MOST)
        return go(request, f"{ROOT}/helper")
    toggled = None if error else form.toggle
    context: dict[str, Any] = {"toggled": toggled, "error": error, "most": MOST}
    return await page(request, "pins", tab=form.tab, own=form.own, caller=form.spoken, **context)


@router.get("/helper/today")
async def what_is_on(request: Request, _account: Helping, own: Annotated[Language, Query()]) -> Response:
    """Show what is on today."""
    return await page(request, "today", own=own)
