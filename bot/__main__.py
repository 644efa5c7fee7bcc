"""``python -m bot COMMAND``: what the Rasa server's environment can do, for ``bxl`` to call."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path

#: Quiet, and without a word to Rasa's or TensorFlow's makers; set before either is imported.
_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "LOG_LEVEL": "ERROR",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
}


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code."""
    options = _parser().parse_args(arguments)
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    # Rasa's libraries warn about their own future; nothing that whoever runs this command can mend.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    from bot import patches

    patches.apply()
    from bot import commands

    return int(getattr(commands, options.command)(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bot", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    train = commands.add_parser("train", help="train a model")
    train.add_argument("--out", type=Path, required=True, help="where to write the model (….tar.gz)")
    train.add_argument("--gazetteer", type=Path, help="names of the city, as the façade exports them")
    train.add_argument("--data", type=Path, default=Path("data"), help="folder with nlu/, rules/ and responses/")
    train.add_argument("--domain", type=Path, default=Path("domain.yml"))
    train.add_argument("--config", type=Path, default=Path("config.yml"))

    parse = commands.add_parser("parse", help="print what a model understands, one JSON object a line")
    parse.add_argument("--model", type=Path, required=True)
    parse.add_argument("--batch", type=int, default=1, help="lines that are parsed, and printed, at once")
    parse.add_argument("file", nargs="?", default="-", help='JSON lines {"text", "language"?}; "-" is standard input')

    ablate = commands.add_parser("ablate", help="measure what each part of understanding adds, by cross-validation")
    ablate.add_argument("--gazetteer", type=Path, help="names of the city, as the façade exports them")
    ablate.add_argument("--data", type=Path, default=Path("data"), help="folder with nlu/")
    ablate.add_argument("--folds", type=int, default=5)

    classify = commands.add_parser("classify", help="learn and rank JSON lines {text, intent, split} of standard input")
    classify.add_argument("--config", type=Path, default=Path("config.yml"))

    serve = commands.add_parser("serve", help="serve a model to the gateway")
    serve.add_argument("--model", type=Path, required=True)
    serve.add_argument("--port", type=int, default=5005)
    return parser


if __name__ == "__main__":
    sys.exit(main())
