"""``python -m actions --port 5055``: the action server."""

from __future__ import annotations

import argparse
import logging
import sys

from actions.server import run
from actions.settings import ActionSettings


def main() -> int:
    """Read the options, serve, and return the exit code."""
    settings = ActionSettings()
    parser = argparse.ArgumentParser(prog="python -m actions", description="The assistant's action server.")
    parser.add_argument("--host", default=settings.host, help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=settings.port, help="port to listen on (default: %(default)s)")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    for noisy in ("httpx", "httpcore", "sanic.root", "rasa_sdk"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    try:
        run(settings.model_copy(update={"host": options.host, "port": options.port}))
    except ValueError as error:
        print(f"actions: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
