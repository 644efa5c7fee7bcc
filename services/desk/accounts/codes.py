"""Codes that a telephone shows (TOTP, RFC 6238): a secret, the picture that hands it over, the time step of a code."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Final

import pyotp
import segno

_STEP_S: Final = 30
#: Telephones' clocks are off by as much.
_STEPS_OFF: Final = (0, -1, 1)
_CODE: Final = re.compile(r"\d{6}")


def new_secret() -> str:
    """Return a secret, in base 32."""
    return pyotp.random_base32()


def address(secret: str, name: str, issuer: str) -> str:
    """Return the address that an authenticator reads (``otpauth://…``)."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def picture(address: str) -> str:
    """Return the QR code of an address, as SVG without a style of its own."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", scale=5, border=4, xmldecl=False, svgns=True, dark="#000", light="#fff", omitsize=False
    )
    return out.getvalue().decode()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step that a code belongs to; None where it is no code of this moment."""
    given = re.sub(r"\s", "", code)
    if not _CODE.fullmatch(given):
        return None
    totp, step = pyotp.TOTP(secret), int(now.timestamp()) // _STEP_S
    for off in _STEPS_OFF:
        if pyotp.utils.strings_equal(totp.at((step + off) * _STEP_S), given):
            return step + off
    return None
