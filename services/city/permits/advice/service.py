"""Advice as answers: finds the project, asks the next question, gives the verdict and says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

import numpy as np
from sqlalchemy.orm import Session

from kit.clock import Clock
from kit.languages import LANGUAGES, Language
from kit.text import fold
from services.city.core.errors import CityError, NotFoundError
from services.city.core.schemas import Page, stated
from services.city.permits.advice import repository
from services.city.permits.advice.asking import ahead, mattered
from services.city.permits.advice.facts import Choice, Outcome, ProjectFacts, Question
from services.city.permits.advice.schemas import (
    AdviceAnswer,
    ChoiceInfo,
    GivenAnswer,
    NextStep,
    ProjectBrief,
    ProjectMatch,
    QuestionInfo,
    RuleInfo,
    VerdictInfo,
)
from services.city.permits.advice.table import Table, laid_out
from services.city.permits.schemas import Names
from services.city.permits.search import Found, NameIndex

_SUGGESTIONS: Final = 3


def list_projects(
    session: Session, clock: Clock, language: Language, *, query: str | None, limit: int, offset: int
) -> Page[ProjectMatch]:
    """Return a page of the projects that a text names, best first; of all, by name, without a text."""
    facts, datasets = repository.projects(session)
    source, as_of = stated(datasets, clock.now())
    if query is None or not query.strip():
        listed = sorted(facts, key=lambda each: fold(each.names.to(language)))
        items = [_match(each, None, language) for each in listed]
    else:
        by_id = {each.id: each for each in facts}
        items = [_match(by_id[found.id], found, language) for found in _index(facts).search(query)]
    return Page[ProjectMatch].cut(items, limit=limit, offset=offset, source=source, as_of=as_of)


def advise(
    session: Session, clock: Clock, language: Language, project_id: str, answers: Mapping[str, str]
) -> AdviceAnswer:
    """Return the next question of a project, or the verdict where the answers decide it.

    Raises NotFoundError ``project_not_found``; CityError ``unknown_question`` or ``unknown_choice`` with those there
    are as suggestions.
    """
    facts, datasets = repository.project(session, project_id)
    if facts is None:
        detail = f"There is no advice on {project_id[:80]!r}."
        raise NotFoundError("project_not_found", detail, _alike(session, project_id, language))
    table, outcomes = laid_out(facts)
    _check(facts, answers, language)
    next_up = ahead(table, answers)
    decided = table.decided(answers)
    source, as_of = stated(datasets, clock.now())
    questions = [_question(each, language) for each in facts.questions]
    possible = {outcomes[number].verdict for number in np.unique(table.after(answers)).tolist()}
    return AdviceAnswer(
        source=source,
        as_of=as_of,
        **dict(_brief(facts, language)),
        answers=_given(facts, answers, table.ids, language),
        next_question=next((each for each in questions if each.id == next_up.question), None),
        questions=questions,
        questions_left=next_up.most,
        still_possible=sorted(possible),
        verdict=None if decided is None else _verdict(facts, table, outcomes[decided], answers, language),
        valid_from=facts.valid_from,
        valid_until=facts.valid_until,
        facts_as_of=facts.as_of,
        owner=facts.owner,
        source_url=facts.source_url,
    )


def _check(facts: ProjectFacts, answers: Mapping[str, str], language: Language) -> None:
    by_id = {question.id: question for question in facts.questions}
    for key, choice in answers.items():
        if key not in by_id:
            known = [{"id": each.id, "text": each.text.to(language)} for each in facts.questions]
            raise _invalid("unknown_question", f"{facts.id} has no question {key[:60]!r}.", known)
        if choice not in by_id[key].ids:
            choices = [{"id": each.id, "text": each.to(language)} for each in by_id[key].choices]
            raise _invalid("unknown_choice", f"The question {key!r} has no choice {choice[:60]!r}.", choices)


def _invalid(code: str, detail: str, suggestions: Sequence[dict[str, Any]]) -> CityError:
    return CityError(HTTPStatus.UNPROCESSABLE_ENTITY, code, detail, suggestions)


def _question(question: Question, language: Language) -> QuestionInfo:
    return QuestionInfo(
        id=question.id,
        text=question.text.to(language),
        help=question.help.to(language) if question.help else None,
        choices=[_choice(each, language) for each in question.choices],
    )


def _choice(choice: Choice, language: Language) -> ChoiceInfo:
    also = [said for each in LANGUAGES for said in choice.also.to(each)] if choice.also else []
    return ChoiceInfo(id=choice.id, text=choice.to(language), also=also, above=choice.above, up_to=choice.up_to)


def _given(
    facts: ProjectFacts, answers: Mapping[str, str], questions: Sequence[str], language: Language
) -> list[GivenAnswer]:
    """Return the answers to these questions in words."""
    given = []
    for question in facts.questions:
        if question.id in questions and question.id in answers:
            choice = next(each for each in question.choices if each.id == answers[question.id])
            given.append(
                GivenAnswer(
                    question=question.id,
                    question_text=question.text.to(language),
                    choice=choice.id,
                    choice_text=choice.to(language),
                )
            )
    return given


def _verdict(
    facts: ProjectFacts, table: Table, outcome: Outcome, answers: Mapping[str, str], language: Language
) -> VerdictInfo:
    rules = [
        RuleInfo(
            id=rule.id,
            title=rule.title.to(language),
            dated=rule.dated,
            amended=rule.amended,
            url=rule.url.to(language),
        )
        for rule in outcome.rules
    ]
    return VerdictInfo(
        verdict=outcome.verdict,
        headline=outcome.headline.to(language),
        because=outcome.because.to(language),
        architect=outcome.architect,
        decided_by=outcome.decided_by.to(language),
        rules=rules,
        based_on=_given(facts, answers, mattered(table, answers), language),
        next_step=NextStep(text=outcome.step.text.to(language), procedure=outcome.step.procedure),
    )


def _match(facts: ProjectFacts, found: Found | None, language: Language) -> ProjectMatch:
    return ProjectMatch(
        **dict(_brief(facts, language)), match=found.match if found else None, score=found.score if found else None
    )


def _brief(facts: ProjectFacts, language: Language) -> ProjectBrief:
    return ProjectBrief(
        id=facts.id,
        name=facts.names.to(language),
        names=Names.model_validate(facts.names.model_dump()),
        aliases=list(facts.aliases.to(language)),
    )


def _index(facts: Sequence[ProjectFacts]) -> NameIndex:
    return NameIndex(
        {
            each.id: [name for language in LANGUAGES for name in (each.names.to(language), *each.aliases.to(language))]
            for each in facts
        }
    )


def _alike(session: Session, written: str, language: Language) -> list[dict[str, Any]]:
    facts, _ = repository.projects(session)
    names = {each.id: each.names.to(language) for each in facts}
    ids = _index(facts).alike(written[:80].replace("_", " "), _SUGGESTIONS)
    return [{"id": each, "name": names[each]} for each in ids]
