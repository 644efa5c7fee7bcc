"""What stands for a chat in tables and logs (a keyed hash), and what only this channel can read (encrypted)."""

from __future__ import annotations

import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from services.telegram.settings import TelegramSettings, split


class Keys:
    """Hashes by the one secret, encrypts by the first key, decrypts by any of them."""

    def __init__(self, settings: TelegramSettings) -> None:
        self._secret = settings.id_secret.get_secret_value().encode()
        self._fernet = MultiFernet([Fernet(key) for key in split(settings.keys)])

    def hashed(self, kind: str, *values: object) -> str:
        """Return what stands for something: the same for the same, and it cannot be guessed without the secret."""
        told = "\n".join((kind, *map(str, values)))
        return hmac.new(self._secret, told.encode(), hashlib.sha256).hexdigest()

    def closed(self, content: bytes) -> bytes:
        """Return content encrypted."""
        return self._fernet.encrypt(content)

    def opened(self, content: bytes) -> bytes | None:
        """Return what was encrypted; None where no key fits any more."""
        try:
            return self._fernet.decrypt(content)
        except InvalidToken:
            return None
