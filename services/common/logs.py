"""A second net under what is logged: what looks like personal data is masked, whoever logs it.

The first net is that nobody logs people's words. This one stands under the libraries too.
"""

from __future__ import annotations

import logging
from typing import Any, Final

from kit.redaction import redact

#: Its formatter takes the record apart itself; it logs addresses and paths, and is switched off in production.
_APART: Final = frozenset({"uvicorn.access"})
_MARK: Final = "_masks_personal_data"


def mask_personal_data() -> None:
    """Mask every record of this process from now on; called again, it does nothing."""
    make = logging.getLogRecordFactory()
    if getattr(make, _MARK, False):
        return

    def masked(*args: Any, **kwargs: Any) -> logging.LogRecord:
        return _masked(make(*args, **kwargs))

    setattr(masked, _MARK, True)
    logging.setLogRecordFactory(masked)


def _masked(record: logging.LogRecord) -> logging.LogRecord:
    if record.name in _APART:
        return record
    try:
        message = record.getMessage()
    except (TypeError, ValueError):  # left to the handler, which says so
        return record
    clean = redact(message)
    if clean != message:
        record.msg, record.args = clean, None
    if record.exc_info:
        record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
    return record
