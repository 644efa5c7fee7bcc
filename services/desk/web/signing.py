"""Pages of signing in and out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from services.desk.accounts import codes
from services.desk.accounts.sessions import Session
from services.desk.desk import Desk
from services.desk.errors import DeskError
from services.desk.web.cookies import ROOT
from services.desk.web.failures import waiting
from services.desk.web.pages import go, within
from services.desk.web.visitors import visitor_of

router = APIRouter()

_MOST: Final = 400
Word = Annotated[str, Form(max_length=_MOST)]
Next = Annotated[str | None, Query(alias="next", max_length=_MOST)]


@router.get("/sign-in")
async def sign_in_page(request: Request, wanted: Next = None) -> Response:
    """Show the form; somebody who is signed in goes on."""
    if visitor_of(request).account:
        return go(request, within(wanted))
    return _form(request, wanted)


@router.post("/sign-in")
async def sign_in(request: Request, login: Word = "", password: Word = "", wanted: Next = None) -> Response:
    """Check a name and a password."""
    desk: Desk = request.app.state.desk
    await desk.limit_tries(request)
    try:
        token, stage = await desk.signing_in.by_password(login, password)
    except DeskError as error:
        return _form(request, wanted, error, login)
    await _end(request)
    target = within(wanted) if stage == "whole" else f"{ROOT}/code?{_query(wanted)}"
    return _with_session(request, go(request, target), token)


@router.get("/code")
async def code_page(request: Request, wanted: Next = None) -> Response:
    """Ask for a code; at the first time, show what a telephone needs for it."""
    session = _halfway(request)
    if session is None:
        return go(request, f"{ROOT}/sign-in")
    return await _code_form(request, session, wanted)


@router.post("/code")
async def code(
    request: Request, given: Annotated[str, Form(alias="code", max_length=20)] = "", wanted: Next = None
) -> Response:
    """Check a code."""
    desk: Desk = request.app.state.desk
    session = _halfway(request)
    if session is None:
        return go(request, f"{ROOT}/sign-in")
    await desk.limit_tries(request)
    try:
        token = await desk.signing_in.by_code(session, given)
    except DeskError as error:
        return await _code_form(request, session, wanted, error)
    return _with_session(request, go(request, within(wanted)), token)


@router.get("/organisation")
async def organisation(request: Request, wanted: Next = None) -> Response:
    """Send somebody to the organisation's own sign-in."""
    desk: Desk = request.app.state.desk
    if desk.organisation is None:
        raise DeskError(HTTPStatus.NOT_FOUND, "not_found")
    await desk.limit_tries(request)
    request.session["next"] = within(wanted)
    return await desk.organisation.go(request, desk.address(request, "/organisation/back"))


@router.get("/organisation/back")
async def organisation_back(request: Request) -> Response:
    """Let in somebody who comes back from there."""
    desk: Desk = request.app.state.desk
    if desk.organisation is None:
        raise DeskError(HTTPStatus.NOT_FOUND, "not_found")
    await desk.limit_tries(request)
    account = await desk.organisation.come_back(request)
    target = within(request.session.pop("next", None))
    request.session.clear()
    await _end(request)
    return _with_session(
        request, RedirectResponse(target, HTTPStatus.SEE_OTHER), await desk.signing_in.vouched(account)
    )


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """End the session."""
    await _end(request)
    response = go(request, f"{ROOT}/sign-in")
    request.app.state.desk.cookies.end_session(response)
    return response


def _form(request: Request, wanted: str | None, error: DeskError | None = None, login: str = "") -> Response:
    desk: Desk = request.app.state.desk
    return desk.pages.show(
        request,
        "sign_in",
        error.status if error else HTTPStatus.OK,
        wanted=_query(wanted),
        error=error.code if error else None,
        params=waiting(error) if error else {},
        login=login,
        organisation=desk.organisation is not None,
    )


async def _code_form(
    request: Request, session: Session, wanted: str | None, error: DeskError | None = None
) -> Response:
    desk: Desk = request.app.state.desk
    enrolment = await desk.signing_in.enrolment(session, desk.issuer(request))
    return desk.pages.show(
        request,
        "code",
        error.status if error else HTTPStatus.OK,
        wanted=_query(wanted),
        error=error.code if error else None,
        params=waiting(error) if error else {},
        secret=enrolment.secret if enrolment else None,
        picture=codes.picture(enrolment.address) if enrolment else None,
    )


def _halfway(request: Request) -> Session | None:
    session = visitor_of(request).session
    return session if session and session.stage == "code" else None


async def _end(request: Request) -> None:
    """End the session that the browser has, if any: each sign-in begins another one."""
    session, desk = visitor_of(request).session, request.app.state.desk
    if session:
        await desk.storage.write(lambda connection: desk.sessions.end(connection, session.id))


def _with_session(request: Request, response: Response, token: str) -> Response:
    request.app.state.desk.cookies.set_session(response, token)
    return response


def _query(wanted: str | None) -> str:
    return urlencode({"next": within(wanted)}) if wanted else ""
