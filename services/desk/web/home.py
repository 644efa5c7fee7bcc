"""The desk's first page, and what people set for themselves."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from kit.languages import Language
from services.desk.accounts.account import Account
from services.desk.accounts.passwords import WeakError
from services.desk.desk import Desk
from services.desk.errors import DeskError
from services.desk.web.cookies import ROOT
from services.desk.web.pages import go, within
from services.desk.web.visitors import allowed, visitor_of

router = APIRouter()

Word = Annotated[str, Form(max_length=400)]
Anybody = Annotated[Account, Depends(allowed())]


@router.get("/")
async def first_page(request: Request, account: Anybody) -> Response:
    """Send somebody to the first screen that is theirs."""
    desk: Desk = request.app.state.desk
    answers = account.roles & {"operator", "supervisor"}
    if answers and desk.gateway.handover():
        return go(request, f"{ROOT}/inbox")
    if account.roles & {"operator", "supervisor", "editor"}:
        return go(request, f"{ROOT}/helper")
    if "administrator" in account.roles:
        return go(request, f"{ROOT}/accounts")
    return desk.pages.show(request, "home")


@router.get("/help")
async def help_page(request: Request, account: Anybody) -> Response:
    """Show how the screens are used, with the keys."""
    desk: Desk = request.app.state.desk
    return desk.pages.show(request, "help")


@router.post("/language")
async def choose_language(
    request: Request, language: Annotated[Language, Form()], wanted: Annotated[str, Form(alias="next")] = ""
) -> Response:
    """Show everything in a language from now on."""
    desk: Desk = request.app.state.desk
    account = visitor_of(request).account
    if account:
        await _prefer(desk, account, language=language)
    response = go(request, within(wanted))
    desk.cookies.set_language(response, language)
    return response


@router.get("/account")
async def account_page(request: Request, account: Anybody, saved: bool = False) -> Response:
    """Show what somebody may set for themselves."""
    return _account(request, saved="account_saved" if saved else None)


@router.post("/account/preferences")
async def prefer(
    request: Request,
    account: Anybody,
    *,
    theme: Annotated[Literal["auto", "light", "dark"], Form()] = "auto",
    sound: Annotated[bool, Form()] = False,
    slash: Annotated[bool, Form()] = False,
    languages: Annotated[list[Language] | None, Form()] = None,
) -> Response:
    """Keep colours, sound, the key of the helper, and the languages that somebody answers in."""
    desk: Desk = request.app.state.desk
    spoken = sorted(set(languages or []))
    await desk.storage.write(
        lambda connection: desk.accounts.change(
            connection,
            account.id,
            preferences={**account.preferences, "theme": theme, "sound": sound, "slash": slash},
            languages=spoken,
        )
    )
    return go(request, f"{ROOT}/account?saved=true")


@router.post("/account/sound")
async def switch_sound(
    request: Request,
    account: Anybody,
    sound: Annotated[bool, Form()],
    wanted: Annotated[str, Form(alias="next", max_length=400)] = "",
) -> Response:
    """Turn the sound on or off."""
    await _prefer(request.app.state.desk, account, sound=sound)
    return go(request, within(wanted))


@router.post("/account/password")
async def change_password(
    request: Request, account: Anybody, old: Word = "", new: Word = "", again: Word = ""
) -> Response:
    """Change the password that is kept here, and end every other session."""
    desk, session = request.app.state.desk, visitor_of(request).session
    if not account.local or session is None:
        raise DeskError(HTTPStatus.NOT_FOUND, "not_found")
    await desk.limit_tries(request)
    if not await desk.passwords.fits(account.password, old):
        return _account(request, HTTPStatus.UNPROCESSABLE_ENTITY, error="old_password")
    if new != again:
        return _account(request, HTTPStatus.UNPROCESSABLE_ENTITY, error="not_the_same")
    try:
        kept = await desk.passwords.hashed(new, login=account.login)
    except WeakError as error:
        return _account(request, HTTPStatus.UNPROCESSABLE_ENTITY, error=f"password_{error.code}")

    def change(connection: Any) -> None:
        desk.accounts.change(connection, account.id, password=kept)
        desk.sessions.end_all(connection, account.id, but=session.id)

    await desk.storage.write(change)
    return _account(request, saved="password_changed")


@router.post("/account/end-others")
async def end_others(request: Request, account: Anybody) -> Response:
    """End every other session of somebody's."""
    desk, session = request.app.state.desk, visitor_of(request).session
    await desk.storage.write(
        lambda connection: desk.sessions.end_all(connection, account.id, but=session.id if session else "")
    )
    return _account(request, saved="others_ended")


def _account(
    request: Request, status: int = HTTPStatus.OK, *, error: str | None = None, saved: str | None = None
) -> Response:
    desk: Desk = request.app.state.desk
    return desk.pages.show(
        request, "account", status, here=f"{ROOT}/account", error=error, saved=saved, least=desk.settings.password_least
    )


async def _prefer(desk: Desk, account: Account, **preferences: Any) -> None:
    changed = {**account.preferences, **preferences}
    await desk.storage.write(lambda connection: desk.accounts.change(connection, account.id, preferences=changed))
