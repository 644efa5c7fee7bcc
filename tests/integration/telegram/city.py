"""A façade that knows one stop and one calendar."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request, Response


class FakeCity:
    """Answers what the gateway asks for Telegram."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.calendars: list[dict[str, str]] = []
        self.app = FastAPI()
        self.app.add_api_route("/v1/places/near", self._near)
        self.app.add_api_route("/v1/waste/collections.ics", self._calendar)

    async def _near(self, request: Request) -> Any:
        asked = dict(request.query_params)
        self.asked.append(asked)
        if asked["kinds"] != "stop":
            return {"items": []}
        return {"items": [{"id": "stop:1", "distance_m": 12, "commune": {"id": "21009"}}]}

    async def _calendar(self, request: Request) -> Any:
        self.calendars.append(dict(request.query_params))
        headers = {"Content-Disposition": 'attachment; filename="sacs.ics"'}
        return Response(b"BEGIN:VCALENDAR", media_type="text/calendar", headers=headers)
