"""The accessibility statement: its scope, its state, what is not accessible, and the way to complain."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final

import yaml
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import BaseModel, ConfigDict, Field, model_validator

from kit.languages import LANGUAGES, OFFICIAL, Language, from_accept_language

router = APIRouter(tags=["chat"])

_TEMPLATES: Final = Path(__file__).parent / "templates"


class _Link(BaseModel):
    model_config = ConfigDict(extra="forbid")

    label: str
    url: str = Field(pattern=r"^(https://|mailto:|tel:\+)\S+$")


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid")

    heading: str
    text: list[str] = []
    items: list[str] = []
    links: list[_Link] = []

    @model_validator(mode="after")
    def _says_something(self) -> _Section:
        if not (self.text or self.items):
            raise ValueError(f"{self.heading}: neither text nor items")
        return self


class _Page(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str
    intro: str
    sections: list[_Section] = Field(min_length=1)


class AccessibilityPage:
    """The page in each language, made once."""

    def __init__(self, texts: Path) -> None:
        """Raises OSError, yaml.YAMLError or ValidationError where a text cannot be used."""
        environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined)
        template = environment.get_template("accessibility.html.j2")
        self._pages: Mapping[Language, str] = {
            language: template.render(language=language, languages=LANGUAGES, page=_read(texts, language))
            for language in LANGUAGES
        }

    def html(self, language: Language) -> str:
        """Return the page in a language."""
        return self._pages[language]


def _read(texts: Path, language: Language) -> _Page:
    return _Page.model_validate(yaml.safe_load((texts / f"page.{language}.yml").read_text(encoding="utf-8")))


@router.get(
    "/accessibility",
    operation_id="accessibility",
    summary="The accessibility statement, for residents",
    response_class=HTMLResponse,
)
async def accessibility(
    request: Request,
    lang: Annotated[Language | None, Query(description="Else that of Accept-Language, else French.")] = None,
) -> HTMLResponse:
    """Return the page."""
    language = lang or from_accept_language(request.headers.get("accept-language")) or OFFICIAL[0]
    page: AccessibilityPage = request.app.state.accessibility
    headers = {"Content-Language": language, "Vary": "Accept-Language", "Cache-Control": "no-cache"}
    return HTMLResponse(page.html(language), headers=headers)
