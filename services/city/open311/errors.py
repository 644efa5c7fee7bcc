"""Errors as GeoReport v2 writes them: a list of ``code`` and ``description``, in the format that was asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import Any, Final

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from services.city.core.errors import CityError
from services.city.open311.documents import FORMATS, MEDIA_TYPES, Format, response

log = logging.getLogger(__name__)

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

#: What the standard answers with; everything else that is wrong with a request is 400.
_STATUSES: Final = (400, 401, 403, 404, 413, 503)


class GeoReportError(Exception):
    """A request that cannot be answered, with the status and a description for each thing that is wrong."""

    def __init__(self, status: int, *descriptions: str) -> None:
        super().__init__(*descriptions)
        self.status = status
        self.descriptions = descriptions


class GeoReportRoute(APIRoute):
    """A route whose errors are GeoReport v2's, whoever raises them."""

    def get_route_handler(self) -> Handler:
        """Return the handler; see APIRoute."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except GeoReportError as error:
                return _response(request, error.status, error.descriptions)
            except CityError as error:
                return _response(request, error.status, [_described(error)])
            except RequestValidationError as error:
                return _response(request, 400, [f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors()])
            except HTTPException as error:
                return _response(request, error.status_code, [str(error.detail)])
            except SQLAlchemyError as error:
                log.error("the city database failed", exc_info=error)
                return _response(request, 503, ["The database does not answer. Try again in a moment."])

        return answer


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI ``responses`` of a route: its documents and its errors, in both formats."""
    content: dict[str, Any] = {media_type: {} for media_type in MEDIA_TYPES.values()}
    found: dict[int | str, dict[str, Any]] = {200: {"description": "The document.", "content": content}}
    # With a default, no 422 is promised: what is not valid is answered with 400 here.
    others: tuple[int | str, ...] = (*statuses, 400, 503, "default")
    for status in others:
        found[status] = {"description": "What is wrong, as a list of code and description.", "content": content}
    return found


def _described(error: CityError) -> str:
    meant = [str(each.get("code") or each.get("id") or each.get("key")) for each in error.suggestions]
    return f"{error.detail} Perhaps: {', '.join(meant)}." if meant else error.detail


def _response(request: Request, status: int, descriptions: Any) -> Response:
    status = status if status in _STATUSES else 400
    form = request.url.path.rpartition(".")[2]
    known: Format = form if form in FORMATS else "xml"
    return response("errors", [{"code": status, "description": each} for each in descriptions], known, status)
