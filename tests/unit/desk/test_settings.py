"""What the desk refuses to start with."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from services.common.retention import FILE, kinds
from services.desk.settings import DEVELOPMENT_KEY, DeskSettings

KEY = "bm90IHRoZSBsYXB0b3AncyBrZXksIGEgY2l0eSdzISE="
PUBLIC = {"public_url": "https://desk.example.brussels", "keys": KEY}
ORGANISATION = {
    "oidc_issuer": "https://login.example.brussels",
    "oidc_client_id": "desk",
    "oidc_client_secret": "secret",
    "oidc_roles": {"call-centre": "operator"},
}


def test_a_laptop_needs_no_setting():
    assert DeskSettings().development


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://localhost:8000/"])
def test_this_machine_may_be_named(address):
    assert DeskSettings(public_url=address).development


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({**PUBLIC, "keys": DEVELOPMENT_KEY}, "BXL_DESK_KEYS has the laptop's key"),
        ({**PUBLIC, "keys": f"{KEY},{DEVELOPMENT_KEY}"}, "BXL_DESK_KEYS has the laptop's key"),
        ({**PUBLIC, "keys": "too short"}, "Fernet key"),
        ({**PUBLIC, "second_factor": "off"}, "BXL_DESK_SECOND_FACTOR is off"),
        ({**PUBLIC, "public_url": "http://desk.example.brussels"}, "public_url"),
        ({**PUBLIC, "public_url": "https://desk.example.brussels/a/path"}, "public_url"),
        ({"session_hours": 13}, "session_hours"),
        ({**ORGANISATION, "oidc_client_secret": ""}, "BXL_DESK_OIDC_CLIENT_SECRET is missing"),
        ({**ORGANISATION, "oidc_client_id": ""}, "BXL_DESK_OIDC_CLIENT_ID"),
        ({**ORGANISATION, "oidc_roles": {}}, "nobody would have a role"),
        ({**ORGANISATION, "oidc_roles": {"call-centre": "king"}}, "oidc_roles"),
        ({**PUBLIC, **ORGANISATION, "oidc_issuer": "http://login.example"}, "has to be an https:// address"),
    ],
)
def test_what_would_protect_nobody_is_refused(given, said):
    with pytest.raises(ValidationError, match=said):
        DeskSettings(**given)


def test_a_public_desk_with_keys_of_its_own_starts():
    assert not DeskSettings(**PUBLIC, **ORGANISATION).development


def test_sessions_are_kept_no_longer_than_the_file_says():
    assert DeskSettings.model_fields["session_hours"].default == kinds(FILE)["desk_session"].hours
