"""The helper's benchmark: what counts as an answer, and what its table says."""

from __future__ import annotations

import httpx
import pytest

from services.cli.benchmarks import NAMES, helper
from services.cli.benchmarks.load import Load


def test_it_is_among_the_benchmarks() -> None:
    assert "helper" in NAMES


@pytest.mark.parametrize(
    ("status", "text", "answered"),
    [(200, '<h2 id="answer-title">', 1), (200, "<p>type one more word</p>", 0), (503, 'id="answer-title"', 0)],
)
async def test_only_a_whole_answer_counts(status: int, text: str, answered: int) -> None:
    load = Load()
    transport = httpx.MockTransport(lambda _: httpx.Response(status, text=text))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
        await helper._send(client, load, "ask", {}, 'id="answer-title"')
    assert (len(load.answers_ms), load.failed) == (answered, 1 - answered)


def test_words_are_sent_as_they_are_typed() -> None:
    assert list(helper._typed("0123456789ab")) == ["012345", "012345678", "0123456789ab"]


def test_the_table_says_how_many_were_answered() -> None:
    told = helper._told(Load(answers_ms=[10.0, 20.0, 30.0], failed=1))
    assert told.startswith("p50 20 ms, p95 ")
    assert told.endswith("3 answered, 1 failed")
    assert helper._told(Load(failed=3)) == "none; 3 failed"
