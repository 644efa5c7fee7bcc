"""The load of the desk: operators and residents as it lets them talk, and what it finds wrong."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from services.cli.loading.desk_accounts import add_operators, environment
from services.cli.loading.operators import Operator
from services.cli.loading.writers import Writer
from tests.integration.desk.asking import asking
from tests.integration.gateway.serving import serving


@pytest.fixture
async def talking(make_app, rasa, tmp_path):
    """Give an operator with two residents, each with the page open, and the server's address."""
    rasa.answers["je veux parler à une personne"] = asking()
    (login,) = await add_operators(f"sqlite:///{tmp_path / 'conversations.db'}", 1)
    app = make_app(desk={"second_factor": "off"})
    async with (
        serving(app) as url,
        httpx.AsyncClient(base_url=url, follow_redirects=True) as browser,
        httpx.AsyncClient(base_url=url) as outside,
    ):
        operator, at_once = Operator(browser, login), asyncio.Semaphore(1)
        await operator.sign_in(at_once)
        async with operator.page():
            writers = [Writer(outside, operator), Writer(outside, operator)]
            for writer in writers:
                await writer.open(at_once)
            async with writers[0].page(), writers[1].page():
                yield operator, writers


def test_the_environment_lets_a_password_alone_in():
    assert environment("sqlite:///x")["BXL_DESK_SECOND_FACTOR"] == "off"


@pytest.mark.timeout(60)
async def test_what_is_said_arrives_once_and_is_found_to(talking):
    operator, writers = talking
    talks = [operator.talk(0.5, 0.1, 0), *(each.talk(0.3, 0.1, number) for number, each in enumerate(writers))]
    await asyncio.gather(*talks)
    for each in writers:
        await each.everything_came()
        await each.compare()
    assert sum(len(each.told) for each in writers) >= 2
    assert all(len(each.ways_ms) == len(each.told) for each in writers)
    assert all(each.wrote for each in writers)
    assert not any((+each.wrong) for each in writers)
    assert not +operator.wrong


@pytest.mark.timeout(60)
async def test_what_never_came_is_lost(talking):
    _, (writer, _) = talking
    writer.expect("nobody sent this")
    await writer.compare()
    assert writer.wrong["lost"] == 2  # neither on the page nor in the conversation


@pytest.mark.timeout(60)
async def test_what_is_refused_is_counted(talking):
    operator, (writer, _) = talking
    await writer.talk(0.0, 0.01, 0)
    operator.residents = [writer]
    writer.id = "not-there"
    await operator.talk(0.05, 0.04, 0)
    assert operator.wrong["refused"] >= 1
