"""The endpoint of the knowledge search."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import StringConstraints

from kit.languages import Language
from services.city.core.dependencies import ClockDep, LimitQuery, OffsetQuery, SessionDep
from services.city.core.errors import documented
from services.city.knowledge import service
from services.city.knowledge.memory import KnowledgeMemory
from services.city.knowledge.schemas import Kind, KnowledgePage, Topic
from services.city.transport.memory import ReadingDep

router = APIRouter(prefix="/v1", tags=["knowledge"])

WordsQuery = Annotated[
    str | None,
    Query(
        description="What to look for, in any of the languages; everything without it.",
        examples=["terrasse ixelles"],
        max_length=500,
    ),
]
KindsQuery = Annotated[list[Kind], Query(description="Only these kinds; may be repeated.", max_length=4)]
TopicsQuery = Annotated[list[Topic], Query(description="Only these topics; may be repeated.", max_length=4)]
IdsQuery = Annotated[
    list[Annotated[str, StringConstraints(max_length=120)]],
    Query(description="Only what has one of these ids; may be repeated.", max_length=100),
]
WordsLanguageQuery = Annotated[
    Language | None, Query(description="Look in the words of this language only; in all three without it.")
]


@router.get(
    "/knowledge",
    operation_id="search_knowledge",
    summary="Procedures, rules, contacts and messages by what people type",
    responses=documented(422, 503),
)
def search_knowledge(
    *,
    request: Request,
    session: SessionDep,
    reading: ReadingDep,
    clock: ClockDep,
    q: WordsQuery = None,
    kinds: KindsQuery = [],  # noqa: B006 (FastAPI copies it)
    topics: TopicsQuery = [],  # noqa: B006
    ids: IdsQuery = [],  # noqa: B006
    words_in: WordsLanguageQuery = None,
    limit: LimitQuery = 20,
    offset: OffsetQuery = 0,
) -> KnowledgePage:
    """Find what is written down and holds now, best first, with its texts in every language that it is in. Accents do
    not matter, and a slip of the finger, a plural or a word that is only begun does no harm. An empty list says that
    nothing fits."""
    memory: KnowledgeMemory = request.app.state.knowledge
    now = clock.now()
    return service.search(
        memory.current(session, reading, now),
        now,
        query=q,
        kinds=kinds,
        topics=topics,
        ids=ids,
        language=words_in,
        fresh_s=reading.memory.messages_fresh_s,
        limit=limit,
        offset=offset,
    )
