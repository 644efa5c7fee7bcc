"""What a replay found, for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evaluation.replay.comparing import Change, Facts, counted, counted_by_intent
from evaluation.replay.questions import Question
from evaluation.understanding import Understood

#: Changes that are listed for people; programs get all of them.
LISTED: Final = 200
_LONGEST: Final = 120


@dataclass(frozen=True)
class Replay:
    """Two models on the same questions; ``before`` is what the first of them understood."""

    models: tuple[str, str]
    questions: Sequence[Question]
    before: Sequence[Understood]
    changes: Sequence[Change]
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """Return all of it in a form that JSON keeps."""
        return {
            "old": self.models[0],
            "new": self.models[1],
            "seconds": round(self.seconds, 1),
            "questions": len(self.questions),
            "changed": len(self.changes),
            "by_language": counted(self.questions, self.changes),
            "by_intent": counted_by_intent(self.before, self.changes),
            "changes": [_as_json(change) for change in self.changes],
        }


def write(console: Console, replay: Replay, most: int = LISTED) -> None:
    """Print the counts, and the changes with the worst first."""
    old, new = replay.models
    console.print(
        f"{len(replay.questions):,} questions on [bold]{old}[/bold] and [bold]{new}[/bold]: "
        f"[bold]{len(replay.changes):,}[/bold] are understood differently ({replay.seconds:.0f} s)"
    )
    if not replay.changes:
        return
    _counts(console, "language", counted(replay.questions, replay.changes))
    _counts(console, "understood before as", counted_by_intent(replay.before, replay.changes))
    table = Table("cost", "", "question", "before", "after", box=None)
    for change in replay.changes[:most]:
        before, after = _sides(change)
        table.add_row(f"{change.cost:.2f}", change.verdict, escape(_short(change.question.label)), before, after)
    console.print(table)
    if len(replay.changes) > most:
        console.print(f"… and {len(replay.changes) - most:,} more; --json has all of them.")


def _counts(console: Console, title: str, counts: Mapping[str, Mapping[str, int]]) -> None:
    table = Table(title, box=None)
    names = list(next(iter(counts.values())))
    for name in names:
        table.add_column(name, justify="right")
    for key, count in counts.items():
        table.add_row(key, *(str(count[name]) for name in names))
    console.print(table)


def _sides(change: Change) -> tuple[str, str]:
    """Return what was and is understood, as far as it differs; with the question where only something else does."""
    sides = []
    for found, facts in zip((change.before, change.after), change.facts, strict=True):
        said = [f"{found.intent} {found.confidence:.2f}"]
        if change.of_language:
            said.append(f"in {found.language or '?'}")
        if change.of_facts:
            said.append(_facts(facts, unsaid=change.question.shown is not None) or "no such fact")
        sides.append(escape(", ".join(said)))
    return sides[0], sides[1]


def _facts(facts: Facts, *, unsaid: bool) -> str:
    return ", ".join(kind if unsaid else f"{kind}: {' + '.join(values)}" for kind, values in facts.items())


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def _as_json(change: Change) -> dict[str, Any]:
    held_out = change.question.shown is not None
    return {
        "text": change.question.label,
        "held_out": held_out,
        "language": change.question.language,
        "meant": change.question.intent,
        "cost": change.cost,
        "verdict": change.verdict,
        "changed": [
            name
            for name, differs in (
                ("intent", change.of_intent),
                ("facts", change.of_facts),
                ("language", change.of_language),
            )
            if differs
        ],
        "before": _understood(change.before, {} if held_out else change.facts[0]),
        "after": _understood(change.after, {} if held_out else change.facts[1]),
    }


def _understood(found: Understood, facts: Facts) -> dict[str, Any]:
    return {"intent": found.intent, "confidence": found.confidence, "language": found.language, "facts": facts}
