"""A project's decision table, as the importer makes it and the database keeps it: whole, with all its texts.

Rows are read from the top; the first whose conditions all hold decides. What no row covers is ``otherwise``, where
somebody decides: a table never guesses.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from services.city.permits.facts import Aliases, Dated, Facts, Link, ProcedureId, Text, Words

Verdict = Literal["permit", "notice", "exempt", "authority_decides"]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]


class Choice(Text):
    """One of the answers to a question; ``weight`` is how often it is expected beside the others.

    ``also`` is how else people say it. ``above`` and ``up_to`` bound the measure that it stands for.
    """

    id: Key
    weight: Annotated[int, Field(ge=1, le=100)] = 1
    also: Aliases | None = None
    above: Annotated[float, Field(ge=0)] | None = None
    up_to: Annotated[float, Field(ge=0)] | None = None


class Question(Facts):
    """What is asked, and the few answers there are."""

    id: Key
    text: Text
    help: Text | None = None
    choices: Annotated[tuple[Choice, ...], Field(min_length=2, max_length=6)]

    @property
    def ids(self) -> tuple[str, ...]:
        """The choices' ids in their order."""
        return tuple(choice.id for choice in self.choices)

    @model_validator(mode="after")
    def _choices_differ(self) -> Self:
        if len(set(self.ids)) < len(self.ids):
            raise ValueError("two choices with one id")
        return self


class Rule(Facts):
    """A text of law that an outcome stands on; ``dated`` is its own date, None where it has no single one."""

    id: Key
    title: Text
    dated: date | None = None
    amended: date | None = None
    url: Link


class Step(Facts):
    """What to do next, and by which procedure."""

    text: Text
    procedure: ProcedureId | None = None


class Outcome(Facts):
    """Where the table leads. ``architect`` is None where it is not known, or depends on the works."""

    verdict: Verdict
    headline: Text
    because: Text
    architect: bool | None = None
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
    decided_by: Text
    step: Step


class Row(Facts):
    """An outcome and the answers that lead to it; a question that is not named does not matter."""

    when: Annotated[dict[Key, Annotated[tuple[Key, ...], Field(min_length=1)]], Field(min_length=1)]
    outcome: Outcome


class ProjectFacts(Dated):
    """One kind of works or use."""

    id: ProcedureId
    sample: bool
    names: Text
    aliases: Aliases
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=6)]
    rows: Annotated[tuple[Row, ...], Field(min_length=1)]
    otherwise: Outcome | None = None
    owner: Words
    as_of: date

    @model_validator(mode="after")
    def _rows_fit_the_questions(self) -> Self:
        choices = {question.id: question.ids for question in self.questions}
        if len(choices) < len(self.questions):
            raise ValueError("two questions with one id")
        for number, row in enumerate(self.rows, 1):
            for question, wanted in row.when.items():
                if question not in choices:
                    raise ValueError(f"row {number}: no question {question!r}")
                missing = [choice for choice in wanted if choice not in choices[question]]
                if missing:
                    raise ValueError(f"row {number}: {question} has no choice {missing[0]!r}")
        if self.otherwise is not None and self.otherwise.verdict != "authority_decides":
            raise ValueError("otherwise: what no row covers is for somebody to decide")
        return self
