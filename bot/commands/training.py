"""``python -m bot train``: trains a model from the data of all languages, or says which file is wrong and why."""

from __future__ import annotations

import argparse
import errno
import logging
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from rasa.model_training import train
from rasa.shared.exceptions import RasaException
from rasa.utils.log_utils import configure_structlog

from bot.importers.errors import DataFileError
from bot.importers.multilingual import GAZETTEER_VARIABLE, MultilingualImporter


def run(options: argparse.Namespace) -> int:
    """Train and return the exit code."""
    configure_structlog(logging.ERROR)
    started = time.monotonic()
    try:
        counts = train_model(options.data, options.domain, options.config, options.gazetteer, options.out)
    except (DataFileError, RasaException) as error:
        print(f"cannot train: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        print("cannot train: the disk is full; make room, then train again", file=sys.stderr)
        return 1
    print(f"{options.out}: {counts} sentences, {time.monotonic() - started:.0f} s", file=sys.stderr)
    return 0


def train_model(data: Path, domain: Path, config: Path, gazetteer: Path | None, out: Path) -> int:
    """Write a model to ``out`` and return how many sentences it was trained on.

    Raises DataFileError, with path and reason, for data that cannot be used.
    """
    if gazetteer is not None:
        os.environ[GAZETTEER_VARIABLE] = str(gazetteer)
    # Read once before: Rasa would end in the middle of its training with a trace.
    importer = MultilingualImporter(str(config), str(domain), [str(data)])
    sentences = len(importer.get_nlu_data().intent_examples)
    intents = importer.get_nlu_data().intents
    unknown = sorted(intents - set(importer.get_domain().intents))
    if unknown:
        raise DataFileError(data / "nlu", f"intent {unknown[0]!r} is not in {domain}")
    if len(intents) < 2:
        raise DataFileError(data / "nlu", "no sentences of at least two intents to learn from")
    with tempfile.TemporaryDirectory() as folder:
        # A cache of its own: models are cached by the content of their inputs, in whole (see bxl train).
        os.environ["RASA_CACHE_DIRECTORY"] = str(Path(folder) / "cache")
        result = train(
            domain=str(domain),
            config=str(config),
            training_files=[str(data)],
            output=folder,
            fixed_model_name="model",
            force_training=True,
        )
        if result.code != 0 or result.model is None:
            raise RasaException(f"Rasa ended its training with code {result.code}")
        out.parent.mkdir(parents=True, exist_ok=True)
        # Moved within one file system, so that nobody ever sees half a model.
        partial = out.with_name(f".{out.name}.partial")
        try:
            shutil.copyfile(result.model, partial)
            partial.replace(out)
        finally:
            partial.unlink(missing_ok=True)
    return sentences
