"""The assistant that the conversations are played with: started once for all of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conversations.assistant import Assistant, running


@pytest.fixture(scope="session")
def model() -> Path:
    """Return the trained model; ``make test`` trains it and says where it is."""
    told = os.environ.get("BXL_TEST_MODEL")
    if not told:
        pytest.fail("these tests need a trained model: run them with ./bxl test tests/conversations")
    return Path(told)


@pytest.fixture(scope="session")
def assistant(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Give the running assistant."""
    with running(model, tmp_path_factory.mktemp("assistant")) as started:
        yield started
