"""The inbox: real questions in groups, each sorted with a key: an example of a question, none of ours, a new one."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from pydantic import Field
from starlette.responses import Response

from kit.languages import LANGUAGES, Language, as_language
from kit.text import fold
from services.desk.accounts.account import Account
from services.desk.web.pages import go
from services.desk.web.visitors import allowed, visitor_of
from services.studio.editing import heldout
from services.studio.editing.checks import tidied
from services.studio.editing.edits import AddSentence, AddTest, Edit
from services.studio.editing.errors import GoneError
from services.studio.inbox.decisions import KINDS, Kind, digest
from services.studio.inbox.grouping import Group, Wording
from services.studio.inbox.inbox import Wanted
from services.studio.inbox.questions import REASONS, Reason
from services.studio.studio import ROOT, Studio
from services.studio.web.saving import Outcome, Saving, save, studio_of

router = APIRouter()

Editing = Annotated[Account, Depends(allowed("editor", "administrator"))]
PageNumber = Annotated[int, Query(ge=1, le=10_000)]

_SHOWN: Final = 10
_WORDINGS: Final = 12
_MOST: Final = 200
_OUT_OF_SCOPE: Final = "out_of_scope"
#: Where a question's language is not known.
_OTHERWISE: Final[Language] = LANGUAGES[0]


class Sorting(Saving):
    """What is to become of the wordings of a group: each as ``<language>:<words>``."""

    wording: list[Annotated[str, Field(max_length=5_000)]] = Field(default=[], max_length=_MOST)
    intent: str = Field(default="", pattern=r"^([a-z][a-z0-9_]{0,59})?$")
    act: Kind = "ignored"
    group: str = Field(default="", max_length=64)

    @property
    def wordings(self) -> list[tuple[str, Language | None]]:
        """The words and their languages."""
        parts = [each.partition(":") for each in self.wording]
        return [(words, as_language(language)) for language, _, words in parts]


@dataclass(frozen=True)
class Shown:
    """A group on the page; ``key`` tells it from the others while nothing new comes in."""

    group: Group
    key: str
    called: str
    suggested: str

    @property
    def wordings(self) -> Sequence[Wording]:
        """The most frequent wordings, as many as are shown."""
        return self.group.wordings[:_WORDINGS]

    @property
    def hidden(self) -> int:
        """How many more there are."""
        return max(0, len(self.group.wordings) - _WORDINGS)


@router.get("/inbox")
async def inbox_page(
    request: Request,
    _account: Editing,
    *,
    language: Annotated[Literal["", "fr", "nl", "en"], Query()] = "",
    reason: Annotated[str, Query(max_length=20)] = "",
    page: PageNumber = 1,
    done: Annotated[str, Query(max_length=20)] = "",
    count: Annotated[int, Query(ge=0, le=_MOST)] = 0,
) -> Response:
    """Show the groups, the most frequent first."""
    filters = {"language": language, "reason": reason if reason in REASONS else ""}
    return await _page(request, filters, page=page, done=done if done in {*KINDS, "undone"} else "", count=count)


@router.post("/inbox/sort")
async def sort(request: Request, account: Editing, form: Annotated[Sorting, Form()]) -> Response:
    """Decide on the wordings that are chosen; what becomes an example is saved first."""
    studio = studio_of(request)
    filters = {
        "language": request.query_params.get("language", ""),
        "reason": request.query_params.get("reason", ""),
    }
    if not form.wordings or (form.act in {"example", "test"} and not form.intent):
        return await _page(request, filters, form=form, missing=True)
    intent = _OUT_OF_SCOPE if form.act == "out_of_scope" else form.intent
    wanted = intent if form.act in {"example", "test", "out_of_scope"} else None
    if wanted:
        outcome = await save(request, account, await _edits(studio, wanted, form), form)
        if outcome.failed:
            return await _page(request, filters, form=form, outcome=outcome)
    await studio.inbox.decide(form.wordings, form.act, account.id, wanted)
    query = urlencode({**{name: value for name, value in filters.items() if value}, "done": form.act})
    return go(request, f"{ROOT}/inbox?{query}&count={len(form.wordings)}")


@router.post("/inbox/undo")
async def undo(request: Request, account: Editing) -> Response:
    """Open again what somebody decided on last; an example that was saved is taken back in the history."""
    count = await studio_of(request).inbox.undo(account.id)
    return go(request, f"{ROOT}/inbox?done=undone&count={count}")


async def _edits(studio: Studio, intent: str, form: Sorting) -> list[Edit]:
    """Return the changes that a decision makes; what an intent has already is left out."""
    said = dict.fromkeys((language or _OTHERWISE, tidied(words)) for words, language in form.wordings)
    snapshot = await asyncio.to_thread(studio.editor.look)
    topic = snapshot.topic_of(intent)
    if topic is None:
        raise GoneError(f"no intent {intent}")
    if form.act == "test":
        return [AddTest(language, heldout.topic_of(intent), intent, words) for language, words in said]
    there = {(language, fold(each.text)) for language, placed in snapshot.by_intent[intent].items() for each in placed}
    new = {(language, fold(words)): (language, words) for language, words in said}
    return [AddSentence(language, topic, intent, words) for key, (language, words) in new.items() if key not in there]


async def _page(
    request: Request,
    filters: dict[str, str],
    *,
    page: int = 1,
    done: str = "",
    count: int = 0,
    form: Sorting | None = None,
    outcome: Outcome | None = None,
    missing: bool = False,
) -> Response:
    studio, language = studio_of(request), visitor_of(request).language
    reasons: tuple[Reason, ...] = tuple(each for each in REASONS if each == filters["reason"])
    known = as_language(filters["language"])
    content = await studio.inbox.look(Wanted(languages=(known,) if known else (), reasons=reasons))
    pages = max(1, -(-len(content.groups) // _SHOWN))
    page = min(page, pages)
    names = _names(studio, language)
    groups = [_shown(each, names) for each in content.groups[(page - 1) * _SHOWN : page * _SHOWN]]
    given = {name: value for name, value in filters.items() if value}
    context: dict[str, Any] = {
        "groups": groups,
        "count_groups": len(content.groups),
        "names": names,
        "reasons": [(each, content.reasons[each]) for each in REASONS if content.reasons.get(each)],
        "filters": filters,
        "query": f"?{urlencode(given)}" if given else "",
        "address": lambda number: f"{ROOT}/inbox?{urlencode({**given, 'page': number})}",
        "page": page,
        "pages": pages,
        "done": done,
        "count": count,
        "form": form,
        "loose": form is not None and form.group not in {each.key for each in groups},
        "outcome": outcome or Outcome(),
        "missing": missing,
        "chosen": set(form.wording) if form else set(),
        "cut": content.is_cut,
        "value": lambda wording: f"{wording.language or ''}:{wording.example}",
        "why": _why,
        "here": f"{ROOT}/inbox",
    }
    status = 422 if missing else (outcome or Outcome()).status
    return studio.pages.show(request, "inbox", status, **context)


def _names(studio: Studio, language: Language) -> dict[str, str]:
    """Return what each question is called, in the order of the names."""
    snapshot = studio.editor.look()
    named = {intent: studio.desk.approved.question(intent, language) or intent for intent in snapshot.by_intent}
    return dict(sorted(named.items(), key=lambda each: each[1].casefold()))


def _shown(group: Group, names: dict[str, str]) -> Shown:
    seconds = Counter(each.second for wording in group.wordings for each in wording.questions if each.second)
    suggested = group.guess or (seconds.most_common(1)[0][0] if seconds else "")
    first = group.wordings[0]
    key = digest(f"{group.guess} {first.example}", first.language)[:16]
    called = names.get(group.guess or "", group.guess or "")
    return Shown(group, key, called, suggested if suggested in names else "")


def _why(wording: Wording) -> list[Reason]:
    """Return why somebody should look at a wording, in the order of the reasons."""
    found = {reason for each in wording.questions for reason in each.reasons}
    return [each for each in REASONS if each in found]
