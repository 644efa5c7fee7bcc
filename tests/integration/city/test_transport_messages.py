"""Messages for travellers: from operators and from a file, by line, stop, operator, time and language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from google.transit import gtfs_realtime_pb2 as pb

from services.importers.base import ImportRefusedError
from services.importers.messages import MessagesImporter
from tests.integration.city import realtime
from tests.integration.city.conftest import NOW, Client, SettableClock

MESSAGES = "/v1/transport/messages"
NORD = "/v1/transport/stops/stop:gare-du-nord/departures"

Poll = Callable[..., Any]


@pytest.fixture
def poll(app: FastAPI, tmp_path: Path) -> Poll:
    realtime.import_network(app, tmp_path / "network")

    def store(name: str, content: bytes) -> Any:
        return realtime.poll(app, tmp_path / "answer", name, content)

    return store


@pytest.fixture
def told(poll: Poll) -> Poll:
    return lambda *rows: poll("stib_travellers_information", realtime.travellers_information(*rows))


def message(words: str, **more: Any) -> dict[str, Any]:
    return {"texts": {"fr": f"{words} fr", "nl": f"{words} nl", "en": f"{words} en"}, **more}


def listed(client: Client, **parameters: Any) -> dict[str, Any]:
    response = client.get(MESSAGES, params=parameters)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def texts(client: Client, **parameters: Any) -> list[str]:
    return [item["text"].removesuffix(" fr") for item in listed(client, **parameters)["items"]]


def test_the_most_important_comes_first(client: Client, told: Poll) -> None:
    told(
        message("works", lines=["7"], priority=4),
        message("chatter", priority=9),
        message("stopped", lines=["29"], priority=2),
    )
    assert texts(client) == ["stopped", "works", "chatter"]


def test_messages_of_a_line_a_stop_and_both(client: Client, told: Poll) -> None:
    told(
        message("whole line", lines=["7"], priority=1),
        message("line at bourse", lines=["7"], points=["6934F"], priority=2),
        message("line at nord", lines=["7"], points=["631"], priority=3),
        message("other line", lines=["29"], priority=4),
        message("nord alone", points=["0632"], priority=5),
        message("everything", priority=6),
    )
    assert texts(client, line="7") == ["whole line", "line at bourse", "line at nord", "everything"]
    assert texts(client, line="tram 7") == texts(client, line="7")
    assert texts(client, stop="stop:bourse") == ["whole line", "line at bourse", "everything"]
    at_nord = ["whole line", "line at nord", "other line", "nord alone", "everything"]
    assert texts(client, stop="stop:gare-du-nord") == at_nord
    assert texts(client, stop="stop:gare-du-nord", line="29") == ["other line", "nord alone", "everything"]
    assert texts(client, operator="stib mivb") == [
        "whole line",
        "line at bourse",
        "line at nord",
        "other line",
        "everything",
    ]


def test_a_message_tells_its_lines_and_stops(client: Client, told: Poll) -> None:
    told(message("works", lines=["7"], points=["631", "0632", "6934F"]))
    item = listed(client)["items"][0]
    assert [line["id"] for line in item["lines"]] == ["stib-mivb:tram:7"]
    assert [stop["id"] for stop in item["stops"]] == ["stop:bourse", "stop:gare-du-nord"]
    assert (item["network"], item["importance"], item["until"]) == (False, 4, None)


@pytest.mark.parametrize(
    ("asked", "language", "text"),
    [("fr", "fr", "Travaux"), ("nl", "nl", "Werken"), ("en", "fr", "Travaux")],
)
def test_a_text_that_is_missing_comes_in_another_language_and_says_so(
    client: Client, told: Poll, asked: str, language: str, text: str
) -> None:
    told({"texts": {"fr": "Travaux", "nl": "Werken"}, "lines": ["7"]})
    item = listed(client, lang=asked)["items"][0]
    assert (item["language"], item["text"]) == (language, text)
    assert item["texts"] == {"fr": "Travaux", "nl": "Werken"}


def test_none_known_is_an_empty_list_with_its_time(client: Client, clock: SettableClock, told: Poll) -> None:
    told()
    clock.at = NOW + timedelta(minutes=3)
    body = listed(client, line="7")
    assert (body["items"], body["total"], body["realtime_status"]) == ([], 0, "live")
    assert (body["as_of"], body["realtime"]) == (NOW.isoformat(), True)


def test_without_a_source_it_says_that_there_is_none(client: Client, poll: Poll) -> None:
    body = listed(client)
    assert (body["items"], body["realtime_status"], body["realtime"]) == ([], "none", None)


def test_old_messages_are_called_stale_and_leave_the_boards(client: Client, clock: SettableClock, told: Poll) -> None:
    told(message("works", lines=["7"]))
    assert len(client.get(NORD).json()["messages"]) == 1
    clock.at = NOW + timedelta(minutes=16)
    body = listed(client)
    assert (body["realtime_status"], body["realtime"], len(body["items"])) == ("stale", False, 1)
    assert client.get(NORD).json()["messages"] == []


def test_a_board_has_the_messages_of_its_lines_here(client: Client, told: Poll) -> None:
    told(
        message("line", lines=["7"], priority=2),
        message("elsewhere", lines=["7"], points=["6934"], priority=1),
        message("other", lines=["29"], priority=3),
        message("chatter", priority=9),
    )
    body = client.get(NORD, params={"lang": "nl"}).json()
    assert [each["text"] for each in body["messages"]] == ["line nl", "other nl"]
    body = client.get(NORD, params={"line": "7"}).json()
    assert [each["text"] for each in body["messages"]] == ["line fr"]


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"line": "999"}, "line_not_found"),
        ({"stop": "stop:bours"}, "stop_not_found"),
        ({"stop": "stop:bourse", "line": "29"}, "line_not_at_stop"),
        ({"operator": "zzzz"}, "operator_not_found"),
    ],
)
def test_what_is_not_known_is_an_error_with_suggestions(
    client: Client, poll: Poll, parameters: dict[str, str], code: str
) -> None:
    response = client.get(MESSAGES, params=parameters)
    assert (response.status_code, response.json()["code"]) == (404, code)
    assert response.json()["suggestions"]


def test_unknown_lines_and_points_are_reported_and_never_make_a_message_about_everything(
    client: Client, told: Poll
) -> None:
    report = told(message("elsewhere", lines=["999"], points=["4242"]), message("here", lines=["7"]))
    assert [p["reason"] for p in report.problems] == ["unknown line '999'", "unknown stop '4242'"]
    assert texts(client) == ["here"]


def test_alerts_hold_for_their_periods(client: Client, clock: SettableClock, poll: Poll) -> None:
    feed = realtime.gtfs_realtime(int(NOW.timestamp()))
    alert = feed.entity.add(id="strike").alert
    alert.header_text.translation.add(text="Staking", language="nl-BE")
    alert.description_text.translation.add(text="Er rijden geen trams.", language="nl")
    alert.url.translation.add(text="https://transport.example/staking", language="nl")
    alert.informed_entity.add(route_type=0)
    start = int((NOW + timedelta(hours=1)).timestamp())
    alert.active_period.add(start=start, end=start + 3600)
    alert.effect = pb.Alert.NO_SERVICE
    poll("delijn_alerts", feed.SerializeToString())
    assert listed(client)["items"] == []
    item = listed(client, line="7", lang="nl", at="2026-11-23T09:20:00")["items"][0]
    assert (item["title"], item["text"], item["modes"]) == ("Staking", "Er rijden geen trams.", ["tram"])
    assert (item["importance"], item["effect"], item["since"]) == (1, "no_service", "2026-11-23T09:15:00+01:00")
    assert item["url"] == "https://transport.example/staking"
    assert listed(client, line="29", at="2026-11-23T09:20:00")["items"] == []


WRITTEN = """\
messages:
  - id: closed
    texts: {fr: Fermé, nl: Gesloten, en: Closed}
    lines: ["stib-mivb:tram:7"]
    importance: 2
    periods: [{since: 2026-11-23T08:00:00+01:00, until: 2026-11-23T09:00:00+01:00}]
"""


def written(app: FastAPI, path: Path, content: str) -> Any:
    path.write_text(content, encoding="utf-8")
    return MessagesImporter().run(app.state.engine, path, app.state.clock)


def test_a_written_message_stands_beside_the_operators(
    app: FastAPI, client: Client, clock: SettableClock, told: Poll, tmp_path: Path
) -> None:
    told(message("operator", lines=["7"], priority=3))
    report = written(app, tmp_path / "messages.yml", WRITTEN)
    assert (report.counts, report.problems) == ({"messages": 1}, [])
    assert texts(client) == ["Fermé", "operator"]
    clock.at = NOW + timedelta(minutes=50)
    assert texts(client) == ["operator"]
    written(app, tmp_path / "messages.yml", "messages: []")
    clock.at = NOW
    assert texts(client) == ["operator"]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("{id: a, texts: {fr: x}, network: true}", "no text in nl"),
        ("{id: a, texts: {fr: x, nl: y}}", "about no line"),
        ("{id: a, texts: {fr: x, nl: y}, network: true, importance: 10}", "importance"),
        ("{id: a, texts: {fr: x, nl: y}, network: true, colour: red}", "colour"),
        ("{id: A B, texts: {fr: x, nl: y}, network: true}", "id"),
        ("{id: closed, texts: {fr: x, nl: y}, network: true}", "second message with the id"),
        ("{id: a, texts: {fr: x, nl: y}, lines: [nope]}", "nothing is called 'nope'"),
    ],
)
def test_a_written_message_at_fault_is_named_with_its_line(
    app: FastAPI, poll: Poll, tmp_path: Path, entry: str, reason: str
) -> None:
    report = written(app, tmp_path / "messages.yml", f"{WRITTEN}  - {entry}\n")
    assert [(p["file"], p["line"]) for p in report.problems] == [("messages.yml", 7)]
    assert reason in report.problems[0]["reason"]


def test_a_file_without_one_sound_message_is_refused(app: FastAPI, poll: Poll, tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match="not one message"):
        written(app, tmp_path / "messages.yml", "messages: [{id: a}]")
