"""The city façade's knowledge search for the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import httpx
from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from kit.clock import BRUSSELS
from kit.languages import Language
from services.desk.helping import Source
from services.desk.knowing import Kind, KnowledgeDownError, Known, Sought, Topic
from services.gateway.conversations.masking import masked

#: What the façade calls the kinds of the desk.
_KINDS: Final[Mapping[str, Kind]] = {
    "rule": "answer",
    "procedure": "procedure",
    "contact": "contact",
    "message": "message",
}


class _Source(BaseModel):
    name: str
    url: str | None = None
    sample: bool = False


class _Side(BaseModel):
    facet: str
    text: dict[Language, str | None]


class _Item(BaseModel):
    id: str
    kind: str
    topic: Topic
    title: dict[Language, str | None]
    text: dict[Language, str | None]
    parts: list[_Side] = Field(default=[])
    phone: str | None = None
    email: str | None = None
    address: dict[Language, str] | None = None
    url: dict[Language, str | None] = Field(default={})
    owner: str | None = None
    valid_until: AwareDatetime | None = None
    score: float | None = None
    source: _Source
    as_of: datetime
    realtime: bool | None = None


class _Answer(BaseModel):
    items: list[_Item]
    total: int


class HttpKnowledge:
    """The façade over HTTP."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def search(self, sought: Sought, limit: int) -> tuple[Sequence[Known], int]:
        """Return what fits, best first, and how much there is. Raises KnowledgeDownError."""
        asked: dict[str, str | int | list[str]] = {"limit": limit}
        if sought.words:
            asked["q"] = masked(sought.words)[0]
        if sought.kind:
            asked["kinds"] = [name for name, kind in _KINDS.items() if kind == sought.kind]
        if sought.topic:
            asked["topics"] = sought.topic
        if sought.language:
            asked["words_in"] = sought.language
        return await self._ask(asked)

    async def by_ids(self, ids: Sequence[str]) -> Sequence[Known]:
        """Return what has these ids, as far as there is such. Raises KnowledgeDownError."""
        found, _ = await self._ask({"ids": list(ids), "limit": 100})
        return found

    async def _ask(self, asked: Mapping[str, str | int | list[str]]) -> tuple[Sequence[Known], int]:
        try:
            response = await self._client.get("/v1/knowledge", params=asked)
            answer = _Answer.model_validate_json(response.raise_for_status().content)
        except (httpx.HTTPError, ValidationError) as error:
            raise KnowledgeDownError(type(error).__name__) from error
        return [_known(each) for each in answer.items if each.kind in _KINDS], answer.total


def _known(item: _Item) -> Known:
    source = item.source
    end = item.valid_until.astimezone(BRUSSELS).date().isoformat() if item.valid_until else None
    return Known(
        id=item.id,
        kind=_KINDS[item.kind],
        topic=item.topic,
        titles=_there(item.title),
        texts=_there(item.text),
        sides=tuple((each.facet, _there(each.text)) for each in item.parts),
        phone=item.phone,
        email=item.email,
        addresses=item.address,
        urls=_there(item.url),
        source=Source(source.name, source.url, item.as_of, bool(item.realtime), source.sample),
        owner=item.owner,
        valid_until=end,
        score=item.score or 0.0,
    )


def _there(texts: Mapping[Language, str | None]) -> dict[Language, str]:
    return {language: text for language, text in texts.items() if text}
