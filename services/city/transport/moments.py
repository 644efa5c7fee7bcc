"""Times in queries: what is mended, and which years are taken."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final, TypeVar

from pydantic import AfterValidator, BeforeValidator

_YEARS: Final = range(1970, 2200)

_When = TypeVar("_When", datetime | None, date | None)


def _plus(value: Any) -> Any:
    """Mend an offset whose plus sign was sent as it is, which in a query means a space."""
    return value.strip().replace(" ", "+") if isinstance(value, str) and value.count("T") == 1 else value


def _of_our_time(value: _When) -> _When:
    if value is not None and value.year not in _YEARS:
        raise ValueError(f"not a year from {_YEARS.start} to {_YEARS.stop - 1}")
    return value


#: A service day that a query may leave out; an endpoint adds what it is for.
ServiceDay = Annotated[date | None, AfterValidator(_of_our_time)]
#: A time that a query may leave out; an endpoint adds what it is for.
Moment = Annotated[datetime | None, BeforeValidator(_plus), AfterValidator(_of_our_time)]
