import pytest

from kit.signing import MAX_AGE_S, sign, verify

_BODY = b'{"sender": "a"}'
_NOW = 1_800_000_000


def test_a_signed_body_is_recognised():
    assert verify("secret", _BODY, sign("secret", _BODY, _NOW), _NOW + 3)


@pytest.mark.parametrize(
    ("secret", "body", "now"),
    [("other", _BODY, _NOW), ("secret", b"{}", _NOW), ("secret", _BODY, _NOW + MAX_AGE_S + 1), ("secret", _BODY, 0)],
    ids=["other secret", "other body", "too old", "from the future"],
)
def test_anything_else_is_not(secret, body, now):
    assert not verify(secret, body, sign("secret", _BODY, _NOW), now)


@pytest.mark.parametrize("header", [None, "", "t=1,v1=zz", "v1=" + "0" * 64, "t=1,v1=" + "0" * 64 + "é"])
def test_a_broken_header_is_refused_without_an_error(header):
    assert not verify("secret", _BODY, header, _NOW)
