"""Answers of advice; texts are in the language asked for."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.city.core.schemas import Answer
from services.city.permits.advice.facts import Verdict
from services.city.permits.schemas import Names
from services.city.permits.search import Match

Id = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class ProjectBrief(BaseModel):
    """A kind of works or use that there is advice on."""

    id: str = Field(examples=["solar_panels"])
    name: str
    names: Names
    aliases: list[str] = Field(description="What else people call it, in the language asked for.")


class ProjectMatch(ProjectBrief):
    """A project that a text names."""

    match: Match | None = Field(description="Why it was found; null where nothing was searched for.")
    score: float | None = Field(description="How well it fits, 0 to 100.")


class ChoiceInfo(BaseModel):
    """One of the answers to a question."""

    id: str = Field(examples=["protected"])
    text: str
    also: list[str] = Field(description="How else people say it, in all three languages.")
    above: float | None = Field(description="The choice stands for measures above this one; null where for none.")
    up_to: float | None = Field(description="The largest measure that the choice stands for; null where for none.")


class QuestionInfo(BaseModel):
    """A question, and the only answers to it."""

    id: str = Field(examples=["heritage"])
    text: str
    help: str | None = Field(description="Where to look for the answer.")
    choices: list[ChoiceInfo]


class GivenAnswer(BaseModel):
    """A question that was answered, in words."""

    question: str = Field(examples=["heritage"])
    question_text: str
    choice: str = Field(examples=["protected"])
    choice_text: str


class RuleInfo(BaseModel):
    """A text of law that the verdict stands on."""

    id: str
    title: str
    dated: date | None = Field(description="The text's own date; null where there is no single one.")
    amended: date | None = Field(description="Its last amendment that was taken into account.")
    url: str


class NextStep(BaseModel):
    """What to do now."""

    text: str
    procedure: str | None = Field(description="Id of the procedure, for `/v1/permits/procedures/{procedure_id}`.")


class VerdictInfo(BaseModel):
    """Where the answers lead."""

    verdict: Verdict = Field(
        description="permit: one is needed, or a permission. notice: it has to be reported. exempt: nothing is needed. "
        "authority_decides: the rules leave it to `decided_by`."
    )
    headline: str = Field(description="The verdict as a sentence.")
    because: str = Field(description="The reason.")
    architect: bool | None = Field(description="Whether an architect is required; null where it depends on the works.")
    decided_by: str
    rules: list[RuleInfo]
    based_on: list[GivenAnswer] = Field(description="The answers that led here; none of them could be left out.")
    next_step: NextStep


class AdviceAnswer(Answer, ProjectBrief):
    """The next question, or the verdict."""

    answers: list[GivenAnswer] = Field(description="The answers so far, in the table's order.")
    next_question: QuestionInfo | None = Field(description="Null where there is a verdict.")
    questions: list[QuestionInfo] = Field(description="All questions that there are, in the table's order.")
    questions_left: int = Field(description="The most questions that can still come, this one included.", ge=0)
    still_possible: list[Verdict] = Field(description="The verdicts that the answers so far leave open.")
    verdict: VerdictInfo | None = Field(description="Null while there is a question.")
    valid_from: date = Field(description="Since when the rules behind the table hold.")
    valid_until: date | None
    facts_as_of: date = Field(description="The day on which the table was last written down.")
    owner: str = Field(description="The team that keeps it right.")
    source_url: str


class AdviceRequest(BaseModel):
    """The answers so far, by question."""

    model_config = ConfigDict(extra="forbid")

    answers: Annotated[dict[Id, Id], Field(max_length=20)] = Field(
        default_factory=dict,
        description="Question id to choice id.",
        examples=[{"visible": "hidden", "heritage": "not_protected"}],
    )
