"""The city façade with the sample's texts, served for the desk's tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from services.city.app import create_app
from services.city.core.settings import CitySettings
from services.importers.best import BestImporter
from services.importers.communes import CommunesImporter
from services.importers.contacts import ContactsImporter
from services.importers.messages import MessagesImporter
from services.importers.permits import PermitsImporter
from services.importers.waste import WasteImporter
from services.importers.waste_rules import WasteRulesImporter
from tests.integration.city import best, realtime, rounds
from tests.integration.city.test_waste import CENTRE, DOORS
from tests.integration.gateway.serving import serving

_SAMPLE: Final = Path(__file__).parents[3] / "data" / "city"
_HOLIDAYS: Final = _SAMPLE / "waste" / "holidays.yml"


@asynccontextmanager
async def sample_city(folder: Path, clock: Any) -> AsyncIterator[str]:
    """Serve the façade for the time of the block; its address."""
    app = create_app(CitySettings(database_url=f"sqlite:///{folder / 'city.db'}"), clock)
    realtime.import_network(app, folder / "network")
    for importer, name in (
        (PermitsImporter(), "permits"),
        (WasteRulesImporter(), "waste/rules"),
        (ContactsImporter(), "contacts.yml"),
        (CommunesImporter(), "communes"),
        (MessagesImporter(), "messages"),
    ):
        importer.run(app.state.engine, _SAMPLE / name, clock)
    BestImporter().run(app.state.engine, best.write(folder / "openaddress.csv", DOORS), clock)
    calendar = rounds.write(folder / "waste", [rounds.line(1, CENTRE)], _HOLIDAYS.read_text(encoding="utf-8"))
    WasteImporter().run(app.state.engine, calendar, clock)
    try:
        async with serving(app) as url:
            yield url
    finally:
        app.state.engine.dispose()
