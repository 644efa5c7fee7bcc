"""Draws pages: Jinja templates, everything escaped, in the visitor's language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kit.languages import ENDONYMS, LANGUAGES
from services.desk.texts import Texts
from services.desk.web.cookies import ROOT, STUDIO, Cookies
from services.desk.web.visitors import visitor_of

_FOLDER: Final = Path(__file__).parents[1] / "templates"


class Pages:
    """The templates, read once."""

    def __init__(
        self,
        texts: Texts,
        cookies: Cookies,
        *,
        chat_on: Callable[[], bool],
        root: str = ROOT,
        folders: Sequence[Path] = (),
    ) -> None:
        """``chat_on``: whether conversations are handed over here; ``folders``: of templates before the desk's own."""
        self._texts = texts
        self._chat_on = chat_on
        self._cookies = cookies
        self._environment = Environment(
            loader=FileSystemLoader([*folders, _FOLDER]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(root=root, desk=ROOT, studio=STUDIO, languages=LANGUAGES, endonyms=ENDONYMS)

    def show(self, request: Request, name: str, status: int = HTTPStatus.OK, **context: Any) -> HTMLResponse:
        """Return a page or a part of one."""
        visitor = visitor_of(request)
        language = visitor.language
        content = self._environment.get_template(f"{name}.html.j2").render(
            visitor=visitor,
            account=visitor.account,
            csrf=visitor.csrf,
            language=language,
            chat_on=self._chat_on(),
            t=partial(self._say, language),
            **{"here": request.url.path, **context},
        )
        headers = {"Content-Language": language, "Cache-Control": "no-store", "Vary": "Cookie, Accept-Language"}
        response = HTMLResponse(content, status, headers=headers)
        if visitor.new_form:
            self._cookies.set_form(response, visitor.new_form)
        return response

    def _say(self, language: Any, text_id: str, **params: object) -> str:
        return self._texts.say(text_id, language, **params)


def go(request: Request, path: str) -> Response:
    """Send the browser to another page of the desk; one that asked by a script as well."""
    if request.headers.get("hx-request"):
        return Response(status_code=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": path, "Cache-Control": "no-store"})
    return RedirectResponse(path, HTTPStatus.SEE_OTHER, headers={"Cache-Control": "no-store"})


def within(path: str | None) -> str:
    """Return a path where it leads to a page of the desk or the studio, else the desk's first page."""
    inside = (
        path is not None and path.startswith((f"{ROOT}/", f"{STUDIO}/")) and "\\" not in path and path.isprintable()
    )
    return path if path and inside else f"{ROOT}/"
