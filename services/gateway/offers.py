"""What the widget asks the gateway once a resident uses it: where the pictures of maps come from."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from services.gateway.settings import GatewaySettings

router = APIRouter(prefix="/api/v1/widget", tags=["chat"])


class MapOut(BaseModel):
    """Tiles of a map."""

    tiles: str = Field(examples=["https://tiles.example.brussels/{z}/{x}/{y}.png"])
    attribution: str = Field(description="Whose map it is, as plain text.")
    attribution_url: str | None


class Offers(BaseModel):
    """What there is beside the conversation."""

    map: MapOut | None = Field(description="Null: there is no map, places are a list.")


@router.get("", operation_id="offers", summary="What the widget can offer")
async def offers(request: Request) -> Offers:
    """Return where maps come from."""
    settings: GatewaySettings = request.app.state.settings
    if not settings.map_tiles:
        return Offers(map=None)
    return Offers(
        map=MapOut(
            tiles=settings.map_tiles,
            attribution=settings.map_attribution,
            attribution_url=settings.map_attribution_url or None,
        )
    )
