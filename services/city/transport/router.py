"""Endpoints of the topic transport."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/v1/transport", tags=["transport"])
