"""What makes a turn cheaper gives the same result, and is still needed: see ``test_patches.py``."""

import asyncio
import inspect

import jsonschema
import pytest
from aiohttp import web
from rasa.core.actions.action import RemoteAction
from rasa.engine.exceptions import GraphComponentException
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.utils import endpoints
from rasa_sdk import Tracker

from bot import patches
from bot.patches import action_call, action_session, graph_run


@pytest.fixture(autouse=True)
def _patched():
    patches.apply()


def talk():
    tracker = DialogueStateTracker("a", [AnySlot("place", mappings=[{}])])
    parsed = {"text": "Flagey ?", "intent": {"name": "ask"}, "entities": [{"entity": "stop", "value": "Flagey"}]}
    said = UserUttered("Flagey ?", parsed["intent"], parsed["entities"], parsed, metadata={"language": "fr"})
    for event in (said, SlotSet("place", {"id": "stop:1"}), ActiveLoop("filing_form")):
        tracker.update(event)
    return tracker


class TestActionCall:
    def test_an_action_reads_what_rasa_would_have_sent(self):
        ours = read(RemoteAction("action_x", None)._action_call_format(talk(), Domain.empty())["tracker"])
        rasas = read(talk().current_state(EventVerbosity.ALL))
        for each in ("sender_id", "slots", "latest_message", "latest_action_name", "followup_action"):
            assert getattr(ours, each) == getattr(rasas, each)
        assert ours.active_loop == {"name": rasas.active_loop["name"]}
        assert [event["event"] for event in ours.events] == [event["event"] for event in rasas.events]

    def test_the_domain_is_not_sent(self):
        call = RemoteAction("validate_filing_form", None)._action_call_format(talk(), Domain.empty())
        assert set(call) == {"next_action", "sender_id", "tracker", "version"}

    def test_rasa_still_repeats_the_message_that_opened_a_form(self):
        endpoint = endpoints.EndpointConfig("http://127.0.0.1:1")
        call = action_call._original(RemoteAction("action_x", endpoint), talk(), Domain.empty())
        assert call["tracker"]["active_loop"]["trigger_message"]


def read(state):
    return Tracker.from_dict(state)


class TestActionSession:
    async def test_one_connection_serves_many_actions(self, action_server):
        endpoint, connections = action_server
        for _ in range(3):
            assert await endpoint.request(json={}) == {"events": []}
        assert len(connections) == 1
        await action_session.close(endpoint)

    async def test_a_closed_one_is_opened_again(self, action_server):
        endpoint, connections = action_server
        await endpoint.request(json={})
        await action_session.close(endpoint)
        await endpoint.request(json={})
        assert len(connections) == 2
        await action_session.close(endpoint)

    async def test_rasa_would_still_open_one_for_each(self, action_server, monkeypatch):
        monkeypatch.setattr(endpoints.EndpointConfig, "session", action_session._original)
        endpoint, connections = action_server
        for _ in range(3):
            await endpoint.request(json={})
        assert len(connections) == 3

    def test_another_loop_has_its_own(self):
        endpoint = endpoints.EndpointConfig("http://127.0.0.1:1")

        async def session():
            async with endpoint.session() as opened:
                return opened

        first, second = asyncio.run(session()), asyncio.run(session())
        assert first is not second

    async def test_closing_what_was_never_opened_does_nothing(self):
        await action_session.close(endpoints.EndpointConfig("http://127.0.0.1:1"))
        await action_session.close(None)


@pytest.fixture
async def action_server():
    """An action server that counts its connections."""
    connections = set()

    async def answer(request):
        connections.add(request.transport.get_extra_info("peername"))
        return web.json_response({"events": []})

    app = web.Application()
    app.router.add_post("/", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    yield endpoints.EndpointConfig(f"http://127.0.0.1:{port}/"), connections
    await runner.cleanup()


class TestActionValidation:
    @pytest.mark.parametrize(
        "answer",
        [
            None,
            [],
            {"events": "none", "responses": []},
            {"events": [1], "responses": []},
            {"events": [{"name": "a"}]},
            {"events": [{"event": 1}]},
            {"events": [], "responses": {}},
            {"events": [], "responses": ["text"]},
        ],
    )
    def test_what_is_no_answer_of_an_action_is_refused(self, answer):
        with pytest.raises(jsonschema.ValidationError):
            RemoteAction("x", None)._validate_action_result(answer)

    @pytest.mark.parametrize("answer", [{}, {"events": [{"event": "slot", "name": "a", "value": 1}]}])
    def test_an_answer_is_taken(self, answer):
        assert RemoteAction("x", None)._validate_action_result(answer) is True


class Sum(GraphComponent):
    """A part that adds what it is given, and says that it ran."""

    ran: list[str] = []  # noqa: RUF012 - shared by the parts of one test

    def __init__(self, name):
        self.name = name

    @classmethod
    def create(cls, config, model_storage, resource, execution_context):
        return cls(config["name"])

    def run(self, **given):
        Sum.ran.append(self.name)
        if "error" in given.values():
            raise RuntimeError("no sum")
        return sum(given.values())


def part(name, **needs):
    return SchemaNode(needs=needs, uses=Sum, constructor_name="create", fn="run", config={"name": name})


@pytest.fixture
def runner():
    Sum.ran.clear()
    nodes = {
        "unasked": part("unasked", x="given"),
        "total": part("total", a="double", b="triple"),
        "triple": part("triple", x="given", y="double"),
        "double": part("double", x="given", y="given"),
    }
    return DaskGraphRunner(GraphSchema(nodes), None, ExecutionContext(None))


@pytest.mark.parametrize("run", [DaskGraphRunner.run, graph_run._original], ids=["ours", "Rasa's"])
class TestGraphRun:
    def test_each_part_runs_once_after_those_it_needs(self, run, runner):
        assert run(runner, inputs={"given": 1}, targets=["total"]) == {"total": 5}
        assert Sum.ran == ["double", "triple", "total"]

    def test_other_targets_and_inputs_have_their_own_run(self, run, runner):
        run(runner, inputs={"given": 1}, targets=["total"])
        assert run(runner, inputs={"given": 2}, targets=["double", "unasked"]) == {"double": 4, "unasked": 2}
        assert run(runner, inputs={"given": 3}, targets=["total"]) == {"total": 15}

    def test_an_error_in_a_part_ends_the_run(self, run, runner):
        with pytest.raises(GraphComponentException):
            run(runner, inputs={"given": "error"}, targets=["total"])


def test_rasa_still_works_out_the_order_each_time():
    assert "dask.get" in inspect.getsource(graph_run._original)
