"""What the actions ask of the façade about permits, besides procedures: advice, dossiers and public inquiries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, Protocol

from actions.city.asking import Asking, every, one, question, segment
from actions.city.models import Answer, CommuneRef, Name, Shape
from kit.languages import Language

#: Longest description of works sent: residents tell what they are about, and why.
_MAX_WORKS: Final = 200


class Choice(Shape):
    """One of the answers to a question of advice; ``also`` is how else people say it."""

    id: str
    text: str
    also: tuple[str, ...] = ()
    above: float | None = None
    up_to: float | None = None


class Question(Shape):
    """A question of advice, and the only answers to it."""

    id: str
    text: str
    help: str | None = None
    choices: tuple[Choice, ...]


class Given(Shape):
    """A question that was answered, in words."""

    question: str
    question_text: str
    choice: str
    choice_text: str


class Rule(Shape):
    """A text of law."""

    title: str
    url: str | None = None


class NextStep(Shape):
    """What to do now, and by which procedure."""

    text: str
    procedure: str | None = None


class Verdict(Shape):
    """Where the answers lead: ``permit``, ``notice``, ``exempt`` or ``authority_decides``."""

    verdict: str
    headline: str
    because: str
    architect: bool | None = None
    decided_by: str
    rules: tuple[Rule, ...]
    based_on: tuple[Given, ...] = ()
    next_step: NextStep


class Project(Shape):
    """Works or a use that there is advice on; ``score`` says how well it fits a text, 0 to 100."""

    id: str
    names: dict[str, str]
    score: float | None = None


class Advice(Answer):
    """The next question about a project, or the verdict."""

    id: str
    name: str
    answers: tuple[Given, ...] = ()
    next_question: Question | None = None
    questions: tuple[Question, ...]
    questions_left: int
    verdict: Verdict | None = None


class Site(Shape):
    """Where a dossier's works are."""

    street: Name | None = None
    house_numbers: str | None = None
    commune: CommuneRef | None = None
    lat: float | None = None
    lon: float | None = None


class Stage(Shape):
    """A stage of a dossier in words."""

    id: str
    name: str
    meaning: str


class Coming(Shape):
    """What comes next; ``by`` is the announced day or, with ``limit``, the last one by that rule."""

    text: str
    by: date | None = None
    limit: str | None = None
    overdue: bool = False


class Application(Answer):
    """Where a permit application stands."""

    reference: str
    kind_name: str
    site: Site
    planned: Name | None = None
    authority: Name | None = None
    stage: Stage
    next: Coming | None = None
    decided_on: date | None = None
    valid_until: date | None = None


class NearbyApplication(Shape):
    """An application near a place; ``same_door``: it is about that very house."""

    reference: str
    kind_name: str
    site: Site
    planned: Name | None = None
    stage: Stage
    distance_m: int
    same_door: bool = False


class Inquiry(Shape):
    """A public inquiry."""

    reference: str
    kind_name: str
    site: Site
    planned: Name | None = None
    closes: date
    consultation_on: date | None = None
    distance_m: int | None = None


class Inquiries(Answer):
    """The public inquiries that are open, the nearest or those that end first in front."""

    items: tuple[Inquiry, ...]
    total: int
    how_to_react: str


class PermitsCity(Protocol):
    """The façade on permits; see ``actions.city.port.City`` for what every method raises."""

    async def projects(self, written: str | None, language: Language) -> list[Project]:
        """Return the works that a text names, best first, or all of them."""
        ...

    async def advice(self, project: str, answers: Mapping[str, str], language: Language) -> Advice:
        """Return the next question or the verdict; ``project_not_found``, ``unknown_question``, ``unknown_choice``."""
        ...

    async def application(self, reference: str, language: Language) -> Application:
        """Return where an application stands; ``invalid_reference``, ``application_not_found`` and
        ``reference_ambiguous`` with near references."""
        ...

    async def applications_near(self, place: str, language: Language, *, limit: int = 4) -> list[NearbyApplication]:
        """Return the applications near a place, those at its door first; ``place_not_found``."""
        ...

    async def inquiries(
        self, language: Language, *, place: str | None = None, commune: str | None = None, limit: int = 4
    ) -> Inquiries:
        """Return open inquiries near a place (an id) or in a commune (a slug); ``place_not_found``."""
        ...


class PermitsAsking(Asking):
    """The façade on permits over HTTP."""

    async def projects(self, written: str | None, language: Language) -> list[Project]:
        """Return the works that a text names."""
        text = " ".join(written.split())[:_MAX_WORKS] if written else None
        return every(Project, await self.get("/v1/permits/advice", {"q": text, "lang": language, "limit": 30}))

    async def advice(self, project: str, answers: Mapping[str, str], language: Language) -> Advice:
        """Return the next question or the verdict."""
        given = [f"{asked}:{choice}" for asked, choice in answers.items()]
        return one(
            Advice, await self.get(f"/v1/permits/advice/{segment(project)}", {"answer": given, "lang": language})
        )

    async def application(self, reference: str, language: Language) -> Application:
        """Return where an application stands."""
        path = f"/v1/permits/applications/{segment(question(reference)[:60])}"
        return one(Application, await self.get(path, {"lang": language}))

    async def applications_near(self, place: str, language: Language, *, limit: int = 4) -> list[NearbyApplication]:
        """Return the applications near a place."""
        parameters = {"place": place, "lang": language, "limit": limit}
        return every(NearbyApplication, await self.get("/v1/permits/applications", parameters))

    async def inquiries(
        self, language: Language, *, place: str | None = None, commune: str | None = None, limit: int = 4
    ) -> Inquiries:
        """Return open inquiries."""
        parameters = {"place": place, "commune": commune, "lang": language, "limit": limit}
        return one(Inquiries, await self.get("/v1/permits/inquiries", parameters))
