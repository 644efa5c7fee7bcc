"""The figures on their page, as a file, and for everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.integration.desk.people import add_account
from tests.integration.studio.asking import ask


@pytest.fixture
async def asked(app, clock):
    for _ in range(6):
        await ask(app, clock, "quand", intent="waste_collection_day", guess="waste_collection_day", outcome="answered")
    await ask(app, clock, "wat", "nl", guess="waste_sorting", commune="ixelles")
    clock.at += timedelta(days=1)


async def test_how_much_is_asked_and_what_came_of_it(asked, eef):
    await eef.see("/insight")
    assert "Questions 7" in eef.words
    assert "Ont reçu leur réponse 86 %" in eef.words
    assert "Déchets 7" in eef.words
    assert "ixelles 1" in eef.words
    assert "pas comprise 1" in eef.words
    await eef.see("/insight", language="nl")
    assert "Questions 1" in eef.words
    await eef.see("/insight", **{"from": "2020-01-01", "to": "2020-01-31"})
    assert "Il n'y a pas encore de chiffres" in eef.words


@pytest.mark.parametrize(
    "query", [{"from": "hier"}, {"from": "2026-11-24", "to": "2026-11-01"}, {"to": "9999-12-31"}, {"topic": "nothing"}]
)
async def test_odd_dates_and_filters_show_a_page(asked, eef, query):
    assert (await eef.see("/insight", **query)).status_code == 200


async def test_a_file(asked, eef):
    answer = await eef.client.get("/studio/insight.csv", params={"language": "nl"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.text.splitlines()[1].endswith(",waste_sorting,nl,web,not_understood,ixelles,1,0,0")
    assert len(answer.text.splitlines()) == 2


async def test_everybody_reads_what_is_not_few(app, browse, asked):
    visitor = browse(app)
    await visitor.see("/public")
    assert "Ce que l'on demande à l'assistant" in visitor.words
    assert "Français très peu Nederlands très peu" in visitor.words
    assert "Déchets 7" in visitor.words
    assert "ixelles" not in visitor.words


async def test_supervisors_look_and_operators_do_not(app, browse):
    for login, role, status in (("sonia", "supervisor", 200), ("otto", "operator", 403)):
        await add_account(app, login, role)
        somebody = browse(app)
        await somebody.sign_in(login)
        assert (await somebody.see("/insight")).status_code == status
        assert (await somebody.client.get("/studio/insight.csv")).status_code == status
