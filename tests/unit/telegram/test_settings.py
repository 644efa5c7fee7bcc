"""What the channel refuses to start with, and what its keys do."""

from __future__ import annotations

from base64 import urlsafe_b64encode

import pytest
from pydantic import ValidationError

from services.telegram.keys import Keys
from services.telegram.settings import DEVELOPMENT_KEY, DEVELOPMENT_SECRET, TelegramSettings

#: Keys as Fernet wants them: 32 bytes in base64.
OLD, NEW = (urlsafe_b64encode(digit * 32).decode() for digit in (b"1", b"2"))
WEBHOOK = {
    "mode": "webhook",
    "token": "1:a",
    "public_url": "https://assistant.example.brussels",
    "webhook_secret": "secret-of-the-webhook",
    "id_secret": "an id secret",
    "keys": OLD,
}


def test_it_is_off_by_default():
    assert TelegramSettings().mode == "off"


def test_a_laptop_needs_the_token_only():
    assert TelegramSettings(mode="polling", token="1:a").mode == "polling"


def test_a_webhook_with_secrets_of_its_own_starts():
    assert TelegramSettings(**WEBHOOK).mode == "webhook"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("token", ""),
        ("public_url", ""),
        ("public_url", "http://assistant.example.brussels"),
        ("public_url", "http://example.org//127.0.0.1"),
        ("webhook_secret", ""),
        ("webhook_secret", "short"),
        ("webhook_secret", "not what Telegram takes: é"),
        ("id_secret", DEVELOPMENT_SECRET),
        ("keys", DEVELOPMENT_KEY),
        ("keys", f"{NEW},{DEVELOPMENT_KEY}"),
        ("keys", "no key"),
    ],
)
def test_a_webhook_refuses_what_would_protect_nobody(name, value):
    with pytest.raises(ValidationError):
        TelegramSettings(**{**WEBHOOK, name: value})


def test_what_an_old_key_encrypted_is_read_with_the_new_one_before_it():
    closed = Keys(TelegramSettings(**WEBHOOK)).closed(b"777")
    assert b"777" not in closed
    both = Keys(TelegramSettings(**{**WEBHOOK, "keys": f"{NEW},{OLD}"}))
    assert both.opened(closed) == b"777"
    assert Keys(TelegramSettings(**{**WEBHOOK, "keys": NEW})).opened(both.closed(b"7")) == b"7"
    assert Keys(TelegramSettings(**{**WEBHOOK, "keys": NEW})).opened(closed) is None


def test_a_hash_depends_on_the_secret_and_on_what_it_is_of():
    keys, others = Keys(TelegramSettings(**WEBHOOK)), Keys(TelegramSettings(**{**WEBHOOK, "id_secret": "another one"}))
    assert keys.hashed("chat", 777) == keys.hashed("chat", 777)
    assert (
        len({keys.hashed("chat", 777), keys.hashed("chat", 778), keys.hashed("group", 777), others.hashed("chat", 777)})
        == 4
    )
