"""What endpoints of a conversation are given: its id, the token that came along, whether limits hold."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Path, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from services.gateway.core.errors import ChatError
from services.gateway.core.limits import holds_for, network

_bearer = HTTPBearer(auto_error=False, description="The token that opening the conversation gave.")

ConversationId = Annotated[str, Path(description="The conversation's id.", max_length=64, pattern=r"^[0-9A-Za-z_-]+$")]


# Not a plain function: those are called in threads, out of the order in which requests arrive.
async def _token(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str:
    if credentials is None:
        raise ChatError(HTTPStatus.UNAUTHORIZED, "unauthorized")
    return credentials.credentials


Token = Annotated[str, Depends(_token)]


def limited(request: Request) -> bool:
    """Tell whether limits hold for who asks."""
    return holds_for(request.app.state.settings.rate_limit, request.client.host if request.client else None)


def address_of(request: Request) -> str:
    """Return what counts as the address of who asks."""
    return network(request.client.host if request.client else None)
