"""What has to be there before anything runs: the city database with the sample city, the gazetteer, the model."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import httpx
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kit.clock import clock_from_environment
from services.city.app import create_app
from services.city.core import datasets
from services.city.core.database import make_engine
from services.city.core.settings import CitySettings
from services.cli import fingerprint, paths
from services.cli.console import CommandError, console, step
from services.importers.registry import IMPORTERS, SAMPLE, upgrade
from services.publishing import models
from services.publishing.standing import StandingFile

#: Models of other inputs that are kept, so that going back to them needs no training.
KEPT_MODELS = 5


def city_engine() -> Engine:
    """Return an engine on the city database, brought to the newest schema."""
    engine = make_engine(CitySettings().database_url)
    upgrade(engine)
    return engine


def sample_city(*, again: bool = False) -> None:
    """Import the sample city where it changed since the last time; it never takes the place of a real feed."""
    engine = city_engine()
    stamp = paths.STATE / "sample-city.stamp"
    wanted = f"{fingerprint.of_sample_city()} {engine.url.render_as_string()}"
    if not again and stamp.exists() and stamp.read_text() == wanted:
        return
    clock = clock_from_environment()
    with Session(engine) as session:
        real = {dataset.feed for dataset in datasets.in_use(session) if not dataset.sample}
    for name, path in SAMPLE.items():
        if name in real:
            continue
        with step(f"sample city: {name}"):
            report = IMPORTERS[name].run(engine, paths.SAMPLE_CITY / path, clock)
        for problem in report.problems[:5]:
            console.print(f"    {problem['file']}:{problem['line']}: {problem['reason']}", markup=False)
    engine.dispose()
    stamp.write_text(wanted)


def gazetteer() -> Path:
    """Export the names that the assistant has to know from the façade; the file is written only when they changed."""

    async def fetch() -> dict[str, object]:
        transport = httpx.ASGITransport(app=create_app())
        async with httpx.AsyncClient(transport=transport, base_url="http://city") as client:
            places, things = await client.get("/v1/places/gazetteer"), await client.get("/v1/waste/sorting-vocabulary")
            places.raise_for_status()
            things.raise_for_status()
            return {**places.json(), "things": things.json()["items"]}

    content = asyncio.run(fetch())
    # When the data was imported says nothing about the names, and would make each import a new model.
    names = {key: value for key, value in content.items() if key not in ("as_of", "source", "realtime")}
    text = json.dumps(names, ensure_ascii=False, sort_keys=True, indent=0)
    if not paths.GAZETTEER.exists() or paths.GAZETTEER.read_text(encoding="utf-8") != text:
        paths.GAZETTEER.parent.mkdir(parents=True, exist_ok=True)
        paths.GAZETTEER.write_text(text, encoding="utf-8")
    return paths.GAZETTEER


def model(*, again: bool = False) -> Path:
    """Return the model for the present inputs, trained first where there is none."""
    path = paths.MODELS / f"{fingerprint.of_model_inputs()}.tar.gz"
    if not again and models.as_recorded(path):
        path.touch()
        return path
    paths.MODELS.mkdir(parents=True, exist_ok=True)
    command: list[str | Path] = [paths.PYTHON_RASA, "-m", "bot", "train", "--out", path, "--gazetteer", paths.GAZETTEER]
    with step("training the assistant"):
        done = subprocess.run(command, cwd=paths.ROOT, env=rasa_environment(), stdout=2, check=False)  # noqa: S603
    if done.returncode != 0 or not path.exists():
        killed = done.returncode < 0
        raise CommandError(
            "the training was ended from outside." if killed else "the assistant could not be trained.",
            "Nothing was changed: the model that is live keeps answering.",
            "This machine may have run out of memory: close other programs, then train again."
            if killed
            else "The lines above name the file and the reason; ./bxl check looks at all data files at once.",
        )
    models.record(path, datetime.now(UTC))
    _forget_old_models()
    return path


def _forget_old_models() -> None:
    """Delete the models that were not used for longest; never one that is live, or that a rollback may go back to."""
    published = StandingFile(paths.STANDING).read().trail
    for old in models.every(paths.MODELS)[KEPT_MODELS:]:
        if models.name_of(old) not in published:
            old.unlink()
            models.record_of(old).unlink(missing_ok=True)


def everything() -> Path:
    """Prepare all of it and return the model's path."""
    sample_city()
    gazetteer()
    return model()


def rasa_environment() -> dict[str, str]:
    """Return the environment of a process in the Rasa environment: quiet, and without telemetry."""
    return {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONUNBUFFERED": "1",
    }
