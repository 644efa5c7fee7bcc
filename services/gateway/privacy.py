"""The page that tells residents what is kept: short, in their language, with the times that are really kept to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Final

import yaml
from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import BaseModel, ConfigDict

from kit.languages import LANGUAGES, OFFICIAL, Language, from_accept_language
from services.common import retention

router = APIRouter(tags=["chat"])

_FOLDER: Final = Path(__file__).parent / "templates"
_KINDS: Final = {
    "conversation": "conversation",
    "photo": "photo",
    "contact": "request_contact",
    "content": "request_content",
}
_A_YEAR: Final = timedelta(days=365)


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid")

    heading: str
    items: list[str]


class _Forms(BaseModel):
    model_config = ConfigDict(extra="forbid")

    one: str
    other: str

    def of(self, count: int) -> str:
        return (self.one if count == 1 else self.other).format(count=count)


class _Page(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str
    intro: str
    sections: list[_Section]
    days: _Forms
    hours: _Forms
    years: _Forms

    def span(self, time: timedelta) -> str:
        if time >= _A_YEAR and not time % _A_YEAR:
            return self.years.of(time // _A_YEAR)
        if not time % timedelta(days=1):
            return self.days.of(time.days)
        return self.hours.of(round(time / timedelta(hours=1)))


class PrivacyPage:
    """The page in each language, made once."""

    def __init__(self, texts: Path, kept: Path) -> None:
        """Raises OSError, yaml.YAMLError, ValidationError or KeyError where a text cannot be used."""
        times = retention.read(kept, _KINDS.values())
        environment = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
        template = environment.get_template("page.html.j2")
        self._pages: Mapping[Language, str] = {
            language: template.render(language=language, languages=LANGUAGES, page=_filled(language, texts, times))
            for language in LANGUAGES
        }

    def html(self, language: Language) -> str:
        """Return the page in a language."""
        return self._pages[language]


def _filled(language: Language, texts: Path, times: Mapping[str, timedelta]) -> _Page:
    page = _Page.model_validate(yaml.safe_load((texts / f"page.{language}.yml").read_text(encoding="utf-8")))
    spans = {name: page.span(times[kind]) for name, kind in _KINDS.items()}
    for section in page.sections:
        section.items = [item.format(**spans) for item in section.items]
    return page


@router.get(
    "/privacy",
    operation_id="privacy",
    summary="What is kept of residents, for residents",
    response_class=HTMLResponse,
)
async def privacy(
    request: Request,
    lang: Annotated[Language | None, Query(description="Else that of Accept-Language, else French.")] = None,
) -> HTMLResponse:
    """Return the page."""
    language = lang or from_accept_language(request.headers.get("accept-language")) or OFFICIAL[0]
    page: PrivacyPage = request.app.state.privacy
    headers = {"Content-Language": language, "Vary": "Accept-Language", "Cache-Control": "no-cache"}
    return HTMLResponse(page.html(language), headers=headers)


async def _style(_request: Request) -> FileResponse:
    return FileResponse(_FOLDER / "privacy.css", media_type="text/css", headers={"Cache-Control": "no-cache"})


router.add_route("/privacy.css", _style, include_in_schema=False)
