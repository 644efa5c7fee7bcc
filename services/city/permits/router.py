"""Endpoints of the topic permits."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(prefix="/v1/permits", tags=["permits"])
