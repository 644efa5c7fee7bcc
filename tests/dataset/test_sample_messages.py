"""The sample's messages are about lines and stops of the sample city, and some hold now."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from kit.clock import FixedClock
from services.city.app import create_app
from services.city.core.settings import CitySettings
from services.importers.gtfs import GtfsImporter
from services.importers.messages import MessagesImporter
from tests.integration.city.conftest import Client

SAMPLE = Path(__file__).parents[2] / "data" / "city"
NOW = datetime.fromisoformat("2026-11-23T08:15:00+01:00")


def test_the_sample_has_messages_that_hold_for_a_year(tmp_path: Path) -> None:
    app = create_app(CitySettings(database_url=f"sqlite:///{tmp_path / 'city.db'}"), FixedClock(NOW))
    engine, clock = app.state.engine, app.state.clock
    GtfsImporter().run(engine, SAMPLE / "gtfs", clock)
    report = MessagesImporter().run(engine, SAMPLE / "messages", clock)
    assert report.problems == []
    for at in (NOW, NOW + timedelta(days=365)):
        body = Client(app).get("/v1/transport/messages", params={"at": at.isoformat(), "lang": "en"}).json()
        ids = {item["id"] for item in body["items"]}
        assert {"bus-38-diversion", "tram-81-flagey", "arts-loi-lift"} <= ids
        assert {item["id"] for item in body["items"] if item["language"] == "fr"} == {"bus-71-works"}
        assert all(item["source"]["sample"] for item in body["items"])
    board = Client(app).get("/v1/transport/stops/stop:flagey/departures", params={"line": "81"}).json()
    assert [each["id"] for each in board["messages"]] == ["tram-81-flagey"]
    app.state.engine.dispose()
