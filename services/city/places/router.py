"""Endpoints of the topic places."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/v1/places", tags=["places"])
