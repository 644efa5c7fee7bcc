"""Endpoints of the topic communes."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/v1/communes", tags=["communes"])
