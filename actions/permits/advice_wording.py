"""The sentences, choices and card about whether something needs a permit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final

from actions.answers import merged
from actions.city.permits import Advice, Project, Question, Verdict
from actions.labels import label
from actions.permits.choosing import is_yes_or_no
from actions.speech import ask, payload
from actions.subjects import Asked
from actions.turn import ANOTHER
from kit.languages import Language
from kit.replies import Part, choice, listing, text

SUBJECT: Final = "permit_needed"
#: The facts of a choice: the works, and the answers so far ("side:street now:bare").
PROJECT: Final = "project"
ANSWERS: Final = "answers"

_MOST_PARAGRAPHS: Final = 5
#: What is said of an answer that is none, by what is wrong with it.
_PROBLEMS: Final = {"unsure": "advice_unsure", "which": "advice_which", "later": "advice_later"}

#: One project's advice in each language that it was asked for in, at least one.
LocalAdvice = Mapping[Language, Advice]


def written(asked: Asked) -> dict[str, str]:
    """Return the answers so far by question."""
    pairs = (each.partition(":") for each in asked.get(ANSWERS, "").split())
    return {question: picked for question, _, picked in pairs}


def question_sentences(
    found: LocalAdvice, given: Mapping[str, str], problem: str | None, *, starts: bool
) -> list[Part]:
    """Return what was understood, then the next question and where to look for its answer."""
    one = next(iter(found.values()))
    said: list[Part] = []
    if problem:
        said.append(text(_PROBLEMS.get(problem, "advice_unclear")))
    elif starts:
        said.append(text("advice_starts", project=_each(found, lambda each: each.name), count=one.questions_left))
    noted = _noted(found, given)
    if noted and not problem:
        said.append(text("advice_noted", answers=listing(noted, "comma")))
    said.append(text("advice_question", question=_each(found, lambda each: _next(each).text)))
    if _next(one).help:
        said.append(text("advice_help", help=_each(found, lambda each: _next(each).help or "")))
    return said


def choices(asked: Asked, found: LocalAdvice, only: Collection[str] = ()) -> list[Part]:
    """Return the answers to the next question, or some of them, each with all answers before it in its payload."""
    question = _next(next(iter(found.values())))
    offered = [at for at, each in enumerate(question.choices) if not only or each.id in only]
    return [_choice(asked, found, question.id, at) for at in offered]


def project_choices(projects: Iterable[Project]) -> list[Part]:
    """Return works as choices."""
    return [choice(merged(each.names), payload(SUBJECT, **{PROJECT: each.id})) for each in projects]


def verdict_sentences(found: LocalAdvice, given: Mapping[str, str]) -> list[Part]:
    """Return the verdict and why, the architect where that is known, what to do next, who decides, and the rule.

    Answers that words gave are said back, where there is room.
    """
    first = _verdict(next(iter(found.values())))
    said = [
        text(
            "advice_verdict",
            headline=_each(found, lambda each: _verdict(each).headline),
            because=_each(found, lambda each: _verdict(each).because),
        )
    ]
    if first.architect is not None:
        said.append(text("advice_architect" if first.architect else "advice_no_architect"))
    said.append(text("advice_next", step=_each(found, lambda each: _verdict(each).next_step.text)))
    if first.verdict != "exempt":
        said.append(text("advice_decides", who=_each(found, lambda each: _verdict(each).decided_by)))
    titles = [_rule(found, at) for at in range(len(first.rules))]
    said.append(text("advice_rule", rules=listing(titles, "lines" if len(titles) > 1 else "comma"), count=len(titles)))
    noted = _noted(found, given)
    if noted and len(said) < _MOST_PARAGRAPHS:
        said.insert(1, text("advice_noted", answers=listing(noted, "comma")))
    return said


def verdict_card(advice: Advice, language: Language | None) -> dict[str, Any]:
    """Return a verdict as a procedure's card: the next step, the answers that led there, the rules with their pages."""
    verdict = _verdict(advice)
    answers = [f"{each.question_text} {each.choice_text}" for each in verdict.based_on]
    rules = [f"{each.title} {each.url or ''}".strip() for each in verdict.rules]
    sections: list[dict[str, Any]] = [
        {"facet": "next", "label": label("advice_card_next", language), "text": verdict.next_step.text},
        {"facet": "answers", "label": label("advice_card_answers", language), "items": answers},
        {"facet": "rules", "label": label("advice_card_rules", language), "items": rules},
    ]
    shown = [each for each in sections if each.get("text") or each.get("items")]
    return {"type": "procedure", "name": advice.name, "sections": shown, "url": verdict.rules[0].url}


def verdict_options(asked: Asked, found: LocalAdvice, commune: str | None) -> list[Part]:
    """Return what to do next: how to ask for it, whom to ask in the commune that is known, other answers and works."""
    verdict = _verdict(next(iter(found.values())))
    procedure = verdict.next_step.procedure
    how = [ask("choice_how_to_ask", "permit_procedure", permit_type=procedure)] if procedure else []
    if verdict.verdict == "authority_decides":
        how.append(ask("choice_dossier_desk", "city_commune_contact", **({"commune": commune} if commune else {})))
    other = ask("choice_other_project", SUBJECT, **{PROJECT: ANOTHER})
    return [*how, ask("choice_other_answers", SUBJECT, **{PROJECT: asked[PROJECT]}), other]


def _choice(asked: Asked, found: LocalAdvice, question: str, at: int) -> Part:
    answers = {**written(asked), question: _next(next(iter(found.values()))).choices[at].id}
    facts = {PROJECT: asked[PROJECT], ANSWERS: " ".join(f"{key}:{value}" for key, value in answers.items())}
    return choice(_each(found, lambda each: _next(each).choices[at].text), payload(SUBJECT, **facts))


def _noted(found: LocalAdvice, given: Mapping[str, str]) -> list[Part]:
    """Return the answers that words gave, but for a mere yes or no, which needs no echo."""
    first = next(iter(found.values()))
    places = [at for at, each in enumerate(first.answers) if each.question in given]
    shown = [at for at in places if not is_yes_or_no(first.answers[at].choice_text)]
    return [text("advice_quoted", answer=_answer(found, at)) for at in shown]


def _answer(found: LocalAdvice, at: int) -> Part:
    return _each(found, lambda each: each.answers[at].choice_text)


def _rule(found: LocalAdvice, at: int) -> Part:
    return _each(found, lambda each: _verdict(each).rules[at].title)


def _each(found: LocalAdvice, part: Callable[[Advice], str]) -> Part:
    return merged({language: part(each) for language, each in found.items()})


def _next(advice: Advice) -> Question:
    if advice.next_question is None:
        raise ValueError("a verdict has no next question")
    return advice.next_question


def _verdict(advice: Advice) -> Verdict:
    if advice.verdict is None:
        raise ValueError("there is a question still")
    return advice.verdict
