"""Reminders of collections: set, said once an evening on the same channel, stopped, kept with the conversation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response
from sqlalchemy import text

from tests.integration.gateway.rasa import message
from tests.integration.gateway.serving import serving
from tests.integration.gateway.talking import Resident

PLACE = "address:4012:20"
NAME = {"fr": "rue Blaes 20, Bruxelles", "nl": "Blaesstraat 20, Brussel", "en": "Rue Blaes 20, Brussels"}


def collection(fraction: str, evening: str, **more: Any) -> dict[str, Any]:
    """Return a collection the day after an evening, as the façade writes it."""
    after = date.fromisoformat(evening) + timedelta(days=1)
    window = {"date": evening, "from": f"{evening}T18:00:00+01:00", "until": f"{after}T00:00:00+01:00"}
    return {"fraction": fraction, "collection_date": str(after), "put_out": window, "moved_from": None} | more


class FakeCity:
    """A façade with the collections of one address."""

    def __init__(self) -> None:
        self.items = [
            collection("white", "2026-11-24"),
            collection("yellow", "2026-11-26"),
            collection("blue", "2026-11-26"),
            collection("white", "2026-12-01"),
        ]
        self.status = 200
        self.asked: list[dict[str, str]] = []
        self.app = FastAPI()
        self.app.add_api_route("/v1/waste/collections", self.collections)

    async def collections(self, request: Request) -> Any:
        self.asked.append(dict(request.query_params))
        if self.status != 200:
            return Response(status_code=self.status)
        source = {"name": "Bruxelles-Propreté", "url": "https://example.org", "licence": None, "sample": True}
        return {"items": self.items, "source": source, "as_of": "2026-11-24T00:00:00+01:00", "realtime": None}


@pytest.fixture
def city() -> FakeCity:
    return FakeCity()


@pytest.fixture
async def make(make_app, city) -> AsyncIterator[Callable[[], FastAPI]]:
    async with serving(city.app) as url:
        yield lambda: make_app(city_url=url)


@pytest.fixture
async def app(make) -> FastAPI:
    return make()


@pytest.fixture
async def reminded(resident: Resident, rasa) -> Resident:
    """Give a resident who has a reminder of every bag."""
    await set_reminder(resident, rasa)
    return resident


async def set_reminder(resident: Resident, rasa, **task: Any) -> None:
    wanted = {"do": "subscribe", "kind": "collections", "subject": PLACE, "name": NAME, **task}
    rasa.answers["rappelle-moi"] = {"messages": [message("C'est noté.", tasks=[wanted])], "language": "fr"}
    await resident.say("rappelle-moi")


async def said(resident: Resident) -> list[str]:
    """Return the reminders that were said."""
    messages = (await resident.kept())["messages"]
    return [each["text"] for each in messages if each["text"].startswith(("Rappel pour", "Herinnering voor"))]


def city_of(app: FastAPI) -> Any:
    """Return the client by which the gateway asks for collections."""
    return app.state.following._kinds["collections"]._city


async def at(app: FastAPI, clock, day: int, hour: int, minute: int = 0) -> int:
    clock.at = clock.at.replace(month=11 if day > 20 else 12, day=day, hour=hour, minute=minute)
    count: int = await app.state.following.look("collections")
    return count


async def test_a_reminder_is_said_when_the_bags_may_go_out_and_not_before(app, reminded, clock):
    assert await at(app, clock, 24, 17, 59) == 0
    assert await at(app, clock, 24, 18) == 1
    (words,) = await said(reminded)
    assert words == (
        "Rappel pour rue Blaes 20, Bruxelles :\n"
        "Ce soir, sortez le sac blanc entre 18 h et minuit. La collecte a lieu demain."
    )
    last = (await reminded.kept())["messages"][-1]
    assert (last["author"], last["source"]["name"]) == ("assistant", "Bruxelles-Propreté")
    assert [choice["label"] for choice in last["choices"]] == ["Arrêter ces rappels"]


async def test_bags_of_one_evening_are_one_reminder(app, reminded, clock):
    await at(app, clock, 26, 18)
    assert "le sac jaune et le sac bleu" in (await said(reminded))[-1]


async def test_an_evening_is_reminded_of_once_after_a_restart_too(make, app, reminded, clock):
    assert await at(app, clock, 24, 18) == 1
    assert await at(app, clock, 24, 19) == 0
    await app.state.database.write(
        lambda connection: connection.execute(text("UPDATE subscriptions SET next_at = '2026-11-24 17:00:00'"))
    )
    assert await at(make(), clock, 24, 20) == 0
    assert len(await said(reminded)) == 1


async def test_two_gateways_at_once_say_it_once(make, app, reminded, clock):
    clock.at = clock.at.replace(hour=18)
    gateways = [app, make(), make()]
    counts = await asyncio.gather(*(each.state.following.look("collections") for each in gateways))
    assert sorted(counts) == [0, 0, 1]
    assert len(await said(reminded)) == 1


async def test_every_evening_is_reminded_of(app, reminded, clock):
    assert [await at(app, clock, 24, 18), await at(app, clock, 26, 18), await at(app, clock, 1, 18)] == [1] * 3
    assert len(await said(reminded)) == 3


async def test_one_bag_alone_at_a_time_of_the_resident_s(app, resident, rasa, clock):
    await set_reminder(resident, rasa, fraction="blue", at="20:30")
    assert await at(app, clock, 24, 18) == 0
    assert await at(app, clock, 26, 20, 29) == 0
    assert await at(app, clock, 26, 20, 30) == 1
    assert "jaune" not in (await said(resident))[0]


async def test_a_reminder_that_is_set_in_the_evening_is_about_the_next_one(app, resident, rasa, clock):
    clock.at = clock.at.replace(hour=19)
    await set_reminder(resident, rasa)
    assert await app.state.following.look("collections") == 0
    assert await at(app, clock, 26, 18) == 1


async def test_a_time_that_would_come_too_late_is_moved_to_the_window(app, resident, rasa, city, clock):
    window = {"date": "2026-11-24", "from": "2026-11-24T18:00:00+01:00", "until": "2026-11-24T20:00:00+01:00"}
    city.items = [collection("white", "2026-11-24", put_out=window, evening_round=True)]
    await set_reminder(resident, rasa, at="21:00")
    assert await at(app, clock, 24, 18) == 1
    assert "entre 18 h et 20 h. Le camion passe ce soir même." in (await said(resident))[0]


async def test_a_holiday_moves_the_reminder_even_when_it_becomes_known_late(app, reminded, city, clock):
    assert await app.state.following.look("collections") == 0
    names = {"fr": "Fête", "nl": "Feest", "en": "Holiday"}
    city.items[0] = collection("white", "2026-11-25", moved_from="2026-11-25", holiday=names)
    assert await at(app, clock, 24, 18) == 0
    assert await at(app, clock, 25, 18) == 1
    assert "jour férié (Fête)" in (await said(reminded))[0]


async def test_while_the_city_is_down_the_reminder_waits_as_long_as_it_makes_sense(app, reminded, city, clock):
    city.status = 503
    assert await at(app, clock, 24, 18) == 0
    city.status = 200
    assert await at(app, clock, 24, 21) == 1
    city.status = 503
    assert await at(app, clock, 26, 18) == 0
    city.status = 200
    assert await at(app, clock, 27, 1) == 0
    assert len(await said(reminded)) == 1


async def test_an_address_without_collections_is_looked_at_later(app, reminded, city, clock):
    city.status = 404
    await at(app, clock, 24, 18)
    asked = len(city.asked)
    await at(app, clock, 24, 19)
    assert len(city.asked) == asked
    city.status = 200
    assert await at(app, clock, 26, 18) == 1


async def test_the_city_is_not_asked_at_every_look(app, reminded, city, clock):
    await app.state.following.look("collections")
    await app.state.following.look("collections")
    assert len(city.asked) == 1


async def test_a_deleted_conversation_is_reminded_of_nothing(app, reminded, clock):
    await reminded.client.delete(reminded.path, headers=reminded.headers)
    assert await at(app, clock, 24, 18) == 0


async def test_a_conversation_that_is_deleted_meanwhile_stops_nobody_else(app, client, reminded, rasa, clock):
    other = await Resident.opening(client)
    await set_reminder(other, rasa)
    clock.at = clock.at.replace(hour=18)
    answer, original = asyncio.Event(), city_of(app).at

    async def slow(*arguments: Any) -> Any:
        found = await original(*arguments)
        if not answer.is_set():
            answer.set()
            await reminded.client.delete(reminded.path, headers=reminded.headers)
        return found

    city_of(app).at = slow
    assert await app.state.following.look("collections") == 1
    assert len(await said(other)) == 1


async def test_stopping_ends_it(app, reminded, rasa, clock):
    (kept,) = (await reminded.kept())["subscriptions"]
    rasa.answers["stop"] = {
        "messages": [message("Arrêté.", tasks=[{"do": "unsubscribe", "ids": [kept["id"]]}])],
        "language": "fr",
    }
    await reminded.say("merci")
    await reminded.say("stop")
    assert (await reminded.kept())["subscriptions"] == []
    assert await at(app, clock, 24, 18) == 0


async def test_nobody_stops_another_one_s_reminder(app, client, reminded, rasa):
    (kept,) = (await reminded.kept())["subscriptions"]
    rasa.answers["stop"] = {
        "messages": [message("Arrêté.", tasks=[{"do": "unsubscribe", "ids": [kept["id"]]}])],
        "language": "fr",
    }
    await (await Resident.opening(client)).say("stop")
    assert len((await reminded.kept())["subscriptions"]) == 1


async def test_a_reminder_for_the_same_bag_there_replaces_the_one_before(reminded, rasa):
    await set_reminder(reminded, rasa, at="20:00")
    await set_reminder(reminded, rasa, fraction="blue")
    kept = (await reminded.kept())["subscriptions"]
    assert {(each["fraction"], each["at"]) for each in kept} == {(None, "20:00"), ("blue", None)}


async def test_the_assistant_is_told_which_reminders_there_are_and_whether_one_was_the_last_word(
    app, reminded, rasa, clock
):
    await at(app, clock, 24, 18)
    await reminded.say("merci")
    await reminded.say("et")
    (kept,) = (await reminded.kept())["subscriptions"]
    told = [request["metadata"]["kept"] for request in rasa.received[-2:]]
    wanted = [{name: value for name, value in kept.items() if name not in {"since", "text"}}]
    assert wanted[0]["quiet"] == ["22:00", "07:00"]
    assert told == [{"subscriptions": wanted, "told": kept["id"]}, {"subscriptions": wanted}]


async def test_the_button_of_a_reminder_stops_that_one(app, reminded, rasa, clock):
    await at(app, clock, 24, 18)
    kept = await reminded.kept()
    await reminded.send(choice=kept["messages"][-1]["choices"][0]["id"])
    assert rasa.received[-1]["payload"].startswith('/waste_reminder{"reminder": "' + kept["subscriptions"][0]["id"])


@pytest.mark.parametrize("word", ["stop", "STOP!", "Arrêtez.", "stoppen", "enough"])
async def test_one_word_after_a_reminder_is_its_button(app, reminded, rasa, clock, word):
    await at(app, clock, 24, 18)
    (kept,) = (await reminded.kept())["subscriptions"]
    await reminded.say(word)
    assert rasa.received[-1]["payload"] == '/waste_reminder{"reminder": "' + kept["id"] + '"}'
    assert [each["text"] for each in (await reminded.kept())["messages"]][-2] == word


async def test_one_word_after_the_confirmation_is_its_button_too(reminded, rasa):
    (kept,) = (await reminded.kept())["subscriptions"]
    await reminded.say("stop")
    assert rasa.received[-1]["payload"] == '/waste_reminder{"reminder": "' + kept["id"] + '"}'


async def test_where_a_question_follows_the_confirmation_the_word_answers_the_question(resident, rasa):
    task = {"do": "subscribe", "kind": "line", "subject": "71"}
    said = [message("C'est noté.", tasks=[task]), message("Est-ce que je l'envoie ?")]
    rasa.answers["préviens-moi"] = {"messages": said, "language": "fr"}
    await resident.say("préviens-moi")
    await resident.say("stop")
    assert rasa.said[-1] == "stop"


async def test_the_same_word_at_another_time_is_what_was_said(app, reminded, rasa, clock):
    await reminded.say("merci")
    await reminded.say("stop")
    await at(app, clock, 24, 18)
    await reminded.say("stop de rappeler la rue Blaes")
    await reminded.say("stop")
    assert rasa.said[-3:] == ["stop", "stop de rappeler la rue Blaes", "stop"]


async def test_a_conversation_with_a_reminder_is_kept_and_says_so(app, reminded, clock, rasa):
    clock.forward(days=30)
    assert await app.state.keeping.purge() == 0
    assert (await reminded.kept())["deleted_at_latest"] is None
    copy = await reminded.client.get(f"{reminded.path}/export", params={"format": "text"}, headers=reminded.headers)
    assert "tant que vous avez un rappel" in copy.text
    assert "– rappel de collecte : rue Blaes 20, Bruxelles, rien entre 22:00 et 07:00" in copy.text
    (kept,) = (await reminded.kept())["subscriptions"]
    rasa.answers["stop"] = {
        "messages": [message("Arrêté.", tasks=[{"do": "unsubscribe", "ids": [kept["id"]]}])],
        "language": "fr",
    }
    await reminded.say("merci")
    await reminded.say("stop")
    clock.forward(days=8)
    assert await app.state.keeping.purge() == 1


async def test_the_receipt_of_an_erasure_counts_reminders(reminded, rasa):
    rasa.answers["oui"] = {"messages": [message("…", tasks=[{"do": "erase"}])], "language": "fr"}
    assert "Rappels et alertes : 1" in (await reminded.say("oui"))["messages"][0]["text"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "nl",
            "Herinnering voor Blaesstraat 20, Brussel:\n"
            "Vanavond buitenzetten: de witte zak, tussen 18 uur en middernacht.",
        ),
        ("en", "Reminder for Rue Blaes 20, Brussels:\nTonight, put out the white bag between 18:00 and midnight."),
    ],
)
async def test_a_reminder_is_in_the_language_that_is_spoken_now(app, reminded, clock, language, words):
    await reminded.client.patch(reminded.path, json={"language": language}, headers=reminded.headers)
    await at(app, clock, 24, 18)
    assert words in (await reminded.kept())["messages"][-1]["text"]
