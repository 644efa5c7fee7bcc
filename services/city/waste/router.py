"""Endpoints of the topic waste."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/v1/waste", tags=["waste"])
