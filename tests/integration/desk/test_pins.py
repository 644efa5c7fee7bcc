"""What stands ready on the helper's page: pins in their order, and what is on today."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from services.desk.pins import MOST
from tests.integration.desk.city import sample_city
from tests.integration.desk.people import Operator, add_account
from tests.integration.desk.test_knowledge import seek

TERRACE = "procedure:terrace"
GAS = "contact:gas_smell"
ANSWER = "answer:contact_city"


@pytest.fixture
async def desk(make_app, tmp_path: Path, clock) -> AsyncIterator[object]:
    async with sample_city(tmp_path, clock) as url:
        yield make_app(city_url=url)


@pytest.fixture
async def eva(desk, browse) -> Operator:
    await add_account(desk, "eva")
    operator = browse(desk)
    await operator.sign_in("eva")
    return operator


async def press(operator: Operator, *, script: bool = True, **button: str) -> int:
    """Press a button of a pin; return the status."""
    await operator.open("/helper")
    tab = re.search(r'name="tab" value="([\w-]+)"', operator.page)
    assert tab
    sent = {"csrf": operator.csrf, "tab": tab[1], "own": "fr", "caller": "", **button}
    headers = {"hx-request": "true"} if script else {}
    reply = await operator.client.post("/desk/helper/pins", data=sent, headers=headers)
    operator.page = reply.text
    return reply.status_code


async def pinned(operator: Operator) -> list[str]:
    """Return what is pinned, in order, as the page shows it."""
    await operator.open("/helper")
    found = re.findall(r'<summary id="pin-name-[^>]+>\s*<span[^>]*>(.*?)</span>', operator.page, re.DOTALL)
    return [unescape(each).strip() for each in found]


async def test_what_is_pinned_keeps_its_order_and_is_read_in_full(eva):
    for item in (TERRACE, GAS, ANSWER):
        await press(eva, toggle=item)
    assert (await pinned(eva))[:2] == ["Autorisation de terrasse (horeca)", "Odeur de gaz (Sibelga)"]
    assert "Vous pouvez appeler la Région au 0800 13 680" in (await pinned(eva))[2]
    assert "0800 19 400" in eva.page
    assert "Vergunning voor een terras (horeca)" in eva.page


async def test_pins_are_moved_and_taken_away(eva):
    for item in (TERRACE, GAS):
        await press(eva, toggle=item)
    await press(eva, down=TERRACE)
    assert await pinned(eva) == ["Odeur de gaz (Sibelga)", "Autorisation de terrasse (horeca)"]
    await press(eva, down=TERRACE)
    await press(eva, up=TERRACE)
    assert await pinned(eva) == ["Autorisation de terrasse (horeca)", "Odeur de gaz (Sibelga)"]
    await press(eva, toggle=TERRACE)
    assert await pinned(eva) == ["Odeur de gaz (Sibelga)"]


async def test_the_button_beside_a_hit_shows_whether_it_is_pinned(eva):
    await seek(eva, "odeur de gaz")
    assert f'name="toggle" value="{GAS}" formaction="/desk/helper/pins"' in eva.page
    assert 'aria-pressed="true"' not in eva.page
    await press(eva, toggle=GAS)
    assert 'aria-pressed="true" hx-swap-oob="true"' in eva.page
    assert "C'est épinglé." in unescape(eva.page)
    await seek(eva, "odeur de gaz")
    assert eva.page.count('aria-pressed="true"') == 1


async def test_a_message_cannot_be_pinned(eva):
    await seek(eva, kind="message")
    assert 'name="toggle"' not in eva.page
    assert await press(eva, toggle="message:tram-81-flagey") == 422
    assert await pinned(eva) == []


async def test_each_operator_has_their_own(eva, desk, browse):
    await press(eva, toggle=GAS)
    await add_account(desk, "tom")
    other = browse(desk)
    await other.sign_in("tom")
    assert await pinned(other) == []


async def test_more_than_fit_are_refused_in_words(eva):
    ids = re.findall(r'value="(answer:\w+)" formaction', (await seek(eva, kind="answer", all="true")) and eva.page)
    for item in ids[:MOST]:
        await press(eva, toggle=item)
    await press(eva, toggle=ids[MOST])
    assert eva.alert == f"Vous avez déjà épinglé {MOST} réponses. Retirez-en une d'abord."
    assert await press(eva, script=False, toggle=ids[MOST]) == 409
    assert len(await pinned(eva)) == MOST


async def test_a_text_that_is_gone_can_be_taken_away(eva):
    await press(eva, toggle="procedure:no_longer")
    await eva.open("/helper")
    assert "Ce texte n'existe plus : procedure:no_longer" in unescape(eva.page)
    await press(eva, toggle="procedure:no_longer")
    assert "pins-title" not in eva.page


async def test_without_a_script_the_page_comes_back(eva):
    assert await press(eva, script=False, toggle=GAS) == 200
    assert "<h1>Recherche</h1>" in eva.page
    assert await pinned(eva) == ["Odeur de gaz (Sibelga)"]


async def test_while_the_city_is_down_approved_texts_stay_pinned_and_the_page_says_so(nadia):
    for item in (GAS, ANSWER):
        await press(nadia, toggle=item)
    assert len(await pinned(nadia)) == 1
    assert "Une partie de ce que vous avez épinglé n'est pas accessible" in unescape(nadia.page)
    assert "Ce texte n'existe plus" not in unescape(nadia.page)


async def test_pins_go_with_the_account(eva, desk):
    await press(eva, toggle=GAS)
    await desk.state.database.write(lambda c: c.exec_driver_sql("DELETE FROM desk_accounts"))
    assert await desk.state.database.read(lambda c: c.exec_driver_sql("SELECT * FROM desk_pins").all()) == []


def banner(operator: Operator) -> str:
    found = re.search(r'<details class="notice today">(.*?)</details>', operator.page, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split()) if found else ""


async def test_what_is_on_today_is_said_in_the_operator_s_language_with_its_source_and_age(eva):
    await eva.open("/helper")
    assert "Aujourd'hui : " in banner(eva)
    assert "Bus 38 dévié" in banner(eva)
    assert "données d'exemple" in banner(eva)
    assert "(il y a " in banner(eva)
    eva.page = (await eva.client.get("/desk/helper/today?own=nl", headers={"hx-request": "true"})).text
    assert "Omleiding bus 38" in banner(eva)


async def test_a_collection_that_a_holiday_moves_is_said_in_its_week(eva, clock):
    clock.at = datetime.fromisoformat("2026-12-21T08:00:00+01:00")
    await eva.sign_in("eva")
    await eva.open("/helper")
    assert "un jour férié sans collecte cette semaine" in banner(eva)
    said = "Noël, vendredi 25 décembre : pas de collecte. Elle a lieu à la place samedi 26 décembre."
    assert said in banner(eva)


async def test_a_day_whose_collection_is_dropped_has_no_other(eva, clock):
    clock.at = datetime.fromisoformat("2026-12-30T08:00:00+01:00")
    await eva.sign_in("eva")
    await eva.open("/helper")
    assert "Nouvel An, vendredi 1er janvier : pas de collecte, et pas de jour de remplacement." in banner(eva)


async def test_where_nothing_is_on_nothing_is_shown(eva, clock):
    clock.at = datetime.fromisoformat("2028-02-07T08:00:00+01:00")
    await eva.sign_in("eva")
    await eva.open("/helper")
    assert banner(eva) == ""


async def test_while_the_city_is_down_the_banner_says_that_it_does_not_know(nadia):
    await nadia.open("/helper")
    assert banner(nadia).startswith("Aujourd'hui : Les perturbations ou les jours de collecte ne sont pas accessibles")


async def test_a_page_that_only_renews_itself_does_not_keep_a_session(eva, clock):
    for _ in range(7):
        clock.at += timedelta(minutes=10)
        last = await eva.client.get("/desk/helper/today?own=fr", headers={"hx-request": "true", "hx-trigger": "today"})
    assert last.status_code == 401


@pytest.mark.parametrize("item", ["procedure:", "street:1", "answer:a b", "x"])
async def test_what_cannot_be_pinned_is_refused_in_words(nadia, item):
    assert await press(nadia, toggle=item) == 422
    assert nadia.alert.startswith("Il manque quelque chose")
