"""Whatever is sent to the façade: no 500, and no answer that its OpenAPI document does not promise."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kit.clock import FixedClock
from services.city.app import ROUTERS, create_app
from services.city.core.settings import CitySettings
from services.importers.registry import IMPORTERS, SAMPLE

CITY = Path(__file__).parents[3] / "data" / "city"
CLOCK = FixedClock(datetime.fromisoformat("2026-11-23T08:15:00+01:00"))
CHECKS: Any = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

#: Requests tried an operation; ``BXL_FUZZ_EXAMPLES=2000`` digs deeper than a test run has time for.
EXAMPLES = int(os.environ.get("BXL_FUZZ_EXAMPLES", "40"))

OPERATIONS = sorted(
    (route.path_format, next(iter(route.methods)))
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute)
)


@pytest.fixture(scope="module")
def facade(tmp_path_factory: pytest.TempPathFactory) -> Iterator[schemathesis.BaseSchema]:
    """The façade of the sample city, so that the examples in its document are answered."""
    url = f"sqlite:///{tmp_path_factory.mktemp('fuzzed') / 'city.db'}"
    app = create_app(CitySettings(database_url=url), CLOCK)
    for name, path in SAMPLE.items():
        IMPORTERS[name].run(app.state.engine, CITY / path, CLOCK)
    yield schemathesis.openapi.from_asgi("/openapi.json", app)
    app.state.engine.dispose()


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=lambda part: part)
def test_no_request_gets_an_answer_that_is_not_promised(
    facade: schemathesis.BaseSchema, path: str, method: str
) -> None:
    operation = facade[path][method]
    tries: list[st.SearchStrategy[schemathesis.Case]] = [
        operation.as_strategy(generation_mode=mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    ]
    tries += facade.get_strategies_from_examples(operation)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(tries))
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS)

    ask()
