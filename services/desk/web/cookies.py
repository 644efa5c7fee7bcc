"""The desk's cookies: the session's token, what forms are bound to before that, the language of the screens."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

#: The path of everything at the desk.
ROOT: Final = "/desk"
#: The path of the studio, for which one signs in at the desk.
STUDIO: Final = "/studio"
#: Cookies go to these paths and nowhere else.
_PATHS: Final = (ROOT, STUDIO)
_LANGUAGE_S: Final = 365 * 24 * 3600


class Cookies:
    """Sets and names them; where others reach the desk, browsers keep and send them encrypted only."""

    def __init__(self, *, secure: bool) -> None:
        self._secure = secure
        prefix = "__Secure-" if secure else ""
        self.session = f"{prefix}bxl-desk"
        self.form = f"{prefix}bxl-desk-form"
        self.language = f"{prefix}bxl-desk-language"

    def set_session(self, response: Response, token: str) -> None:
        """Give the browser a session's token, until it is closed or the session ends."""
        self._set(response, self.session, token)

    def set_form(self, response: Response, token: str) -> None:
        """Give the browser what its forms are bound to while nobody is signed in."""
        self._set(response, self.form, token)

    def set_language(self, response: Response, language: str) -> None:
        """Keep the language of the screens."""
        self._set(response, self.language, language, _LANGUAGE_S)

    def end_session(self, response: Response) -> None:
        """Take the session's token away."""
        for path in _PATHS:
            response.delete_cookie(self.session, path=path, secure=self._secure, httponly=True, samesite="lax")

    def _set(self, response: Response, name: str, value: str, max_age: int | None = None) -> None:
        # Lax, not strict: a link to a conversation in a message has to find the operator signed in.
        for path in _PATHS:
            response.set_cookie(
                name, value, max_age=max_age, path=path, secure=self._secure, httponly=True, samesite="lax"
            )
