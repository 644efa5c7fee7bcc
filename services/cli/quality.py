"""``bxl check``, ``test`` and ``evaluate``: the project's own tools, run in the environment that each belongs to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from services.cli import paths, prepare
from services.cli.console import CommandError, console

_CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("format", ("-m", "ruff", "format", "--check", ".")),
    ("lint", ("-m", "ruff", "check", ".")),
    ("types", ("-m", "mypy", "kit", "services", "actions", "evaluation", "tools")),
    ("imports", ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache")),
    ("data", ("-m", "pytest", "-q", "tests/dataset")),
)

#: A test module stays on one processor, with what it starts for itself; more than four would want too much memory.
_SPREAD = ("-n", "logical", "--maxprocesses", "4", "--dist", "loadfile")


def check() -> None:
    """Run every check; raise CommandError naming those that failed."""
    failed = []
    for name, command in _CHECKS:
        console.print(f"[bold]{name}[/bold]")
        if _run([paths.PYTHON, *command]) != 0:
            failed.append(name)
    console.print("[bold]widget[/bold]")
    if not _widget():
        failed.append("widget")
    if failed:
        raise CommandError(f"these checks failed: {', '.join(failed)}.", "make format mends format and some of lint.")


def _widget() -> bool:
    """Check the widget's types, units and build with npm, where that is; its sources' digest is a test of the data."""
    npm = shutil.which("npm")
    if npm is None:
        console.print("npm is not installed here: the widget's build is compared by its sources' digest only.")
        return not os.environ.get("BXL_TEST_REQUIRE_ALL")
    folder = paths.ROOT / "services" / "widget"
    return _run([npm, "ci"], folder=folder) == 0 and _run([npm, "run", "check"], folder=folder) == 0


def test(model: Path, arguments: Sequence[str]) -> None:
    """Run the tests of both environments, the Rasa side first; raise SystemExit with pytest's code where one fails."""
    told = {"BXL_TEST_MODEL": str(model)}
    console.print("[bold]tests of the Rasa server's code[/bold]")
    bot = _run(
        [paths.PYTHON_RASA, "-m", "pytest", "-c", "tests/unit/bot/pytest.ini", "tests/unit/bot", *arguments],
        {**prepare.rasa_environment(), **told},
    )
    console.print("[bold]tests of everything else[/bold]")
    rest = _run([paths.PYTHON, "-m", "pytest", "tests", *_SPREAD, *arguments], {**os.environ, **told})
    if bot or rest:
        sys.exit(bot or rest)


def evaluate(model: Path, options: Sequence[str | Path]) -> None:
    """Run the evaluation; raise SystemExit with its code where a measure is below its threshold."""
    code = _run([paths.PYTHON, "-m", "evaluation", "--model", model, *options])
    if code:
        sys.exit(code)


def evaluate_public(folder: Path) -> None:
    """Measure the classifier on public data; raise SystemExit with the code where the data cannot be read."""
    code = _run([paths.PYTHON, "-m", "evaluation.public", folder])
    if code:
        sys.exit(code)


def _run(command: Sequence[str | Path], environment: Mapping[str, str] | None = None, folder: Path = paths.ROOT) -> int:
    return subprocess.run(list(map(str, command)), cwd=folder, env=environment, check=False).returncode  # noqa: S603
