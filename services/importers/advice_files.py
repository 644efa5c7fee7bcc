"""The files of decision tables as they are written: short, with shared parts by name; and the table made whole."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Self, TypeVar

from pydantic import Field, ValidationError, model_validator

from services.city.permits.advice.facts import Key, Outcome, ProjectFacts, Question, Rule, Step, Verdict
from services.city.permits.facts import Aliases, Dated, Facts, Link, ProcedureId, Text, Words

Part = TypeVar("Part")


class WrittenRule(Facts):
    """A rule; its id is its key."""

    title: Text
    dated: date | None = None
    amended: date | None = None
    url: Link


class WrittenQuestion(Facts):
    """A shared question; its id is its key."""

    text: Text
    help: Text | None = None
    choices: Annotated[tuple[dict[str, Any], ...], Field(min_length=2)]


class WrittenOutcome(Facts):
    """An outcome; rules, next step, who decides and headline are named."""

    verdict: Verdict
    because: Text
    rules: Annotated[tuple[Key, ...], Field(min_length=1)]
    step: Key
    decided_by: Key = "commune"
    headline: Key | None = None
    architect: bool | None = None


class Common(Facts):
    """What the tables share."""

    headlines: dict[Key, Text]
    deciders: dict[Key, Text]
    rules: dict[Key, WrittenRule]
    steps: dict[Key, Step]
    questions: dict[Key, WrittenQuestion]
    outcomes: dict[Key, WrittenOutcome]


class WrittenRow(Facts):
    """Conditions, and an outcome of its own or, under ``use``, a shared one."""

    when: dict[Key, Key | tuple[Key, ...]]
    use: Key | None = None
    outcome: WrittenOutcome | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.use is None) == (self.outcome is None):
            raise ValueError("a row has either an outcome or the name of a shared one")
        return self


class WrittenProject(Dated):
    """One file."""

    id: ProcedureId
    sample: bool
    names: Text
    aliases: Aliases
    questions: Annotated[tuple[Key | Question, ...], Field(min_length=1)]
    rows: Annotated[tuple[WrittenRow, ...], Field(min_length=1)]
    otherwise: WrittenOutcome | None = None
    owner: Words
    as_of: date


def whole(content: dict[str, Any], common: Common) -> ProjectFacts:
    """Return a file's table with every shared part put in; raises ValidationError, which names the field."""
    written = WrittenProject.model_validate(content)
    rows = [
        {
            "when": {key: (each,) if isinstance(each, str) else each for key, each in row.when.items()},
            "outcome": _outcome(row.outcome or _shared(common.outcomes, row.use, ("rows", at, "use")), common, at),
        }
        for at, row in enumerate(written.rows)
    ]
    fields = written.model_dump(exclude={"questions", "rows", "otherwise"})
    return ProjectFacts.model_validate(
        {
            **fields,
            "questions": [_question(each, common, at) for at, each in enumerate(written.questions)],
            "rows": rows,
            "otherwise": _outcome(written.otherwise, common, -1) if written.otherwise else None,
        }
    )


def _question(written: str | Question, common: Common, at: int) -> dict[str, Any]:
    if isinstance(written, Question):
        return written.model_dump()
    return {"id": written, **_shared(common.questions, written, ("questions", at)).model_dump()}


def _outcome(written: WrittenOutcome, common: Common, at: int) -> Outcome:
    where = ("rows", at) if at >= 0 else ("otherwise",)
    rules = [
        Rule(id=key, **_shared(common.rules, key, (*where, "rules")).model_dump(mode="python")) for key in written.rules
    ]
    return Outcome(
        verdict=written.verdict,
        headline=_shared(common.headlines, written.headline or written.verdict, (*where, "headline")),
        because=written.because,
        architect=written.architect,
        rules=tuple(rules),
        decided_by=_shared(common.deciders, written.decided_by, (*where, "decided_by")),
        step=_shared(common.steps, written.step, (*where, "step")),
    )


def _shared(parts: dict[str, Part], key: str | None, where: tuple[str | int, ...]) -> Part:
    """Return the shared part of a name; ValidationError where there is none."""
    found = parts.get(key or "")
    if found is None:
        reason = {"type": "value_error", "loc": where, "input": key, "ctx": {"error": f"common.yml has no {key!r}"}}
        raise ValidationError.from_exception_data("table", [reason])  # type: ignore[list-item]
    return found
