"""Each mend of Rasa works, and is still needed: where Rasa mends itself, its test here fails and the patch can go."""

import asyncio
import inspect
import os
import subprocess
import sys

import jsonschema
import pytest
from rasa.core.actions.action import RemoteAction
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.core.lock_store import InMemoryLockStore
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.utils import endpoints

from bot import patches
from bot.patches import action_timeout, action_validation, event_types, lock_wait, without_tensorflow

GOOD = {"events": [{"event": "slot", "name": "a", "value": 1}], "responses": []}


@pytest.fixture(autouse=True)
def _patched():
    patches.apply()


def checks_of_the_schema(monkeypatch, check):
    """Count how often a schema is itself checked while ``check`` runs."""
    counted = []
    for name in ("Draft7Validator", "Draft202012Validator"):
        validator = getattr(jsonschema, name)
        original = validator.check_schema
        monkeypatch.setattr(validator, "check_schema", lambda *a, o=original, **k: (counted.append(1), o(*a, **k))[1])
    check()
    return len(counted)


class TestActionValidation:
    def test_the_schema_is_not_checked_again(self, monkeypatch):
        action = RemoteAction("x", None)
        assert checks_of_the_schema(monkeypatch, lambda: action._validate_action_result(GOOD)) == 0

    def test_rasa_still_checks_it_each_time(self, monkeypatch):
        spec = RemoteAction.action_response_format_spec()
        assert checks_of_the_schema(monkeypatch, lambda: jsonschema.validate(GOOD, spec)) == 1
        assert "validate(result" in inspect.getsource(sys.modules[RemoteAction.__module__])

    def test_a_bad_answer_is_still_refused(self):
        with pytest.raises(jsonschema.ValidationError):
            RemoteAction("x", None)._validate_action_result({"events": "none", "responses": []})


class TestActionTimeout:
    async def test_an_action_is_waited_for_a_few_seconds(self):
        async with endpoints.EndpointConfig("http://127.0.0.1:1").session() as session:
            assert session.timeout.total == action_timeout.ACTION_TIMEOUT_S

    def test_rasa_would_wait_longer_than_a_lock_lives(self):
        assert DEFAULT_REQUEST_TIMEOUT > 60


class TestEventTypes:
    def test_classes_are_found(self):
        assert Event.resolve_by_type("user") is UserUttered
        assert Event.resolve_by_type("slot") is SlotSet

    def test_an_unknown_event_is_still_refused_and_never_remembered(self):
        with pytest.raises(ValueError, match="unheard_of"):
            Event.resolve_by_type("unheard_of")
        assert Event.resolve_by_type("unheard_of", default=SlotSet) is SlotSet

    def test_rasa_still_walks_all_classes_each_time(self):
        assert "all_subclasses" in inspect.getsource(event_types._original)


class TestLockWait:
    async def test_a_second_message_waits_in_short_steps(self, monkeypatch):
        waits = []
        sleep = asyncio.sleep

        async def remember(seconds, *args):
            waits.append(seconds)
            await sleep(0, *args)

        monkeypatch.setattr("rasa.core.lock_store.asyncio.sleep", remember)
        await two_messages(InMemoryLockStore())
        assert waits
        assert set(waits) - {0} == {lock_wait.WAIT_S}  # 0: the test yielding to the two messages

    def test_rasa_still_waits_a_second(self):
        wait = inspect.signature(lock_wait._original).parameters["wait_time_in_seconds"].default
        assert wait == 1


async def two_messages(locks):
    """Take the same conversation's lock twice at once."""
    order = []

    async def message(name, release):
        async with locks.lock("conversation"):
            order.append(name)
            await release.wait()

    release = asyncio.Event()
    first = asyncio.create_task(message("first", release))
    await asyncio.sleep(0)
    second = asyncio.create_task(message("second", release))
    for _ in range(5):
        await asyncio.sleep(0)
    release.set()
    await asyncio.gather(first, second)
    assert order == ["first", "second"]


class TestImportOrder:
    """In a process of its own, because imports cannot be taken back."""

    def test_skops_is_loaded_before_tensorflow(self):
        assert loaded_first("from bot import patches; patches.apply(); import rasa.core.agent") == "skops"

    def test_rasa_alone_still_loads_it_afterwards(self):
        code = "import rasa.core.agent; import rasa.nlu.classifiers.logistic_regression_classifier"
        assert loaded_first(code) == "tensorflow"


class TestWithoutTensorFlow:
    """In a process of its own, too."""

    def test_nothing_that_serves_or_trains_loads_it(self):
        assert loads_tensorflow(_EVERYTHING) == "False"

    def test_it_is_loaded_where_it_is_wanted(self):
        assert loads_tensorflow(_EVERYTHING, {without_tensorflow.VARIABLE: "1"}) == "True"


_EVERYTHING = """
from bot import patches
patches.apply()
import rasa.core.agent, rasa.core.run, rasa.model_training
from rasa.engine.recipes.default_components import DEFAULT_COMPONENTS
"""


def loads_tensorflow(code: str, told: dict[str, str] | None = None) -> str:
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-W", "ignore", "-c", f"{code}\nimport sys\nprint('tensorflow' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **(told or {})},
    )
    return done.stdout.strip().splitlines()[-1]


def loaded_first(code: str) -> str:
    order = f"{code}\nimport sys\nprint(next(m for m in sys.modules if m in ('skops', 'tensorflow')))"
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-W", "ignore", "-c", order], capture_output=True, text=True, check=True
    )
    return done.stdout.strip().splitlines()[-1]


def test_validation_is_the_patched_one():
    assert RemoteAction._validate_action_result is action_validation._validate_action_result
