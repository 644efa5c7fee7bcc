"""A façade that takes requests, and what tests send to it."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fastapi import FastAPI
from PIL import Image
from pydantic import SecretStr

from services.city.app import create_app
from services.city.core.settings import CitySettings
from services.importers.requests import RequestsImporter
from tests.integration.city.cities import settle
from tests.integration.city.conftest import NOW, SAMPLE, Client, SettableClock

STAFF_KEY = "a-staff-key-for-tests"

#: Place Flagey, where ``cities`` has an address.
FLAGEY = {"lat": 50.8275, "lon": 4.3720}
LAMP = {"service_code": "street_light", "point": FLAGEY, "description": "La lampe est éteinte"}
PERSON = {"name": "Fatima El Amrani", "email": "fatima.elamrani@example.org", "phone": "0478 12 34 56"}
MISSED = {
    "service_code": "missed_collection",
    "place": "address:4:18",
    "description": "Pas ramassé",
    "attributes": {"fraction": ["white"], "collection_date": ["2026-11-23"]},
}


def settings_of(folder: Path, **options: Any) -> CitySettings:
    defaults: dict[str, Any] = {
        "database_url": f"sqlite:///{folder / 'city.db'}",
        "photos_folder": folder / "photos",
        "staff_key": SecretStr(STAFF_KEY),
    }
    return CitySettings(**{**defaults, **options})


def taking_requests(folder: Path, clock: SettableClock, **options: Any) -> FastAPI:
    """Return a façade with the small city of ``cities`` and the sample's services."""
    (folder / "city.db").write_bytes(_city())
    return create_app(settings_of(folder, **options), clock)


@cache
def _city() -> bytes:
    """Return the database of that city, which is the same for all tests."""
    with TemporaryDirectory() as name:
        app = create_app(settings_of(Path(name)), SettableClock(NOW))
        settle(app, Path(name))
        RequestsImporter().run(app.state.engine, SAMPLE / "requests", SettableClock(NOW))
        app.state.engine.dispose()
        return (Path(name) / "city.db").read_bytes()


def made(client: Client, new: dict[str, Any], **headers: str) -> dict[str, Any]:
    answer = client.post("/v1/requests", json=new, headers=headers)
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


def moved(client: Client, reference: str, stage: str, **note: str) -> None:
    headers = {"Authorization": f"Bearer {STAFF_KEY}"}
    answer = client.post(f"/v1/requests/{reference}/steps", json={"stage": stage, "note": note}, headers=headers)
    assert answer.status_code == 201, answer.text


def picture(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "PNG")
    return out.getvalue()


def uploaded(client: Client, colour: str = "red") -> str:
    answer = client.post("/v1/requests/photos", content=picture(colour))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])
