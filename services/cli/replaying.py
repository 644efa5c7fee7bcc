"""``bxl replay``: which two models are compared, and with what; ``evaluation.replay`` does it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from services.cli import paths, prepare
from services.cli.console import CommandError, console
from services.publishing import models
from services.publishing.errors import PublishingError
from services.publishing.standing import StandingFile

_QUESTIONS: Final = ".jsonl"


def run(given: Sequence[str], *, held_out: bool, as_json: bool) -> None:
    """Replay; raise CommandError where there is nothing to compare, SystemExit with its code where it fails."""
    files = [each for each in given if each.endswith(_QUESTIONS)]
    names = [each for each in given if not each.endswith(_QUESTIONS)]
    if len(files) > 1 or len(names) > 2:
        raise CommandError("two models are compared, on one file of questions.", "See: ./bxl replay --help")
    try:
        old, new = _models(names)
    except PublishingError as error:
        raise CommandError(str(error)) from error
    if old.samefile(new):
        console.print(f"bxl: {models.name_of(new)} is compared with itself.", markup=False)
    prepare.gazetteer()
    options = [*(["--held-out"] if held_out else []), *(["--json"] if as_json else [])]
    questions = [str(paths.from_caller(file).resolve()) for file in files]
    command = [str(paths.PYTHON), "-m", "evaluation.replay", "--old", str(old), "--new", str(new)]
    code = subprocess.run([*command, *options, *questions], cwd=paths.ROOT, check=False).returncode  # noqa: S603
    if code:
        sys.exit(code)


def _models(names: Sequence[str]) -> tuple[Path, Path]:
    """Return the models before and after. Raises PublishingError."""
    if len(names) == 2:
        return named(names[0]), named(names[1])
    return _live(), named(names[0]) if names else newest()


def named(called: str) -> Path:
    """Return the model that somebody calls so. Raises PublishingError."""
    typed = paths.from_caller(called)
    return models.find(str(typed if typed.is_file() else called), paths.MODELS).resolve()


def newest() -> Path:
    """Return the model that was trained or used last. Raises PublishingError."""
    found = models.every(paths.MODELS)
    if not found:
        raise PublishingError("none_trained")
    return found[0]


def _live() -> Path:
    live = StandingFile(paths.STANDING).read().live
    if live is None:
        raise PublishingError("none_live")
    return models.find(live, paths.MODELS)
