"""What the desk's keys do: secrets that only it can read, keyed hashes, and the tokens of forms."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pydantic import SecretStr

from services.desk.settings import split


class Keys:
    """Encrypts and hashes by the first key, decrypts by any of them."""

    def __init__(self, keys: SecretStr) -> None:
        self._secret = hashlib.sha256(f"desk\n{split(keys)[0]}".encode()).digest()
        self._fernet = MultiFernet([Fernet(key) for key in split(keys)])

    def hashed(self, kind: str, value: str) -> str:
        """Return what stands for a value: the same for the same, and it cannot be guessed without the key."""
        return hmac.new(self._secret, f"{kind}\n{value}".encode(), hashlib.sha256).hexdigest()

    def same(self, kind: str, value: str, given: str) -> bool:
        """Tell whether this is what stands for a value, without telling by the time how far it is."""
        return hmac.compare_digest(self.hashed(kind, value).encode(), given.encode())

    def closed(self, content: str) -> bytes:
        """Return content encrypted."""
        return self._fernet.encrypt(content.encode())

    def opened(self, content: bytes) -> str | None:
        """Return what was encrypted; None where no key fits any more."""
        try:
            return self._fernet.decrypt(content).decode()
        except InvalidToken:
            return None


def new_token() -> str:
    """Return what nobody guesses: 256 random bits, for a cookie."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
