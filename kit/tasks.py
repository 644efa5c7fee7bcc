"""What an action has the gateway do with a conversation, as a part of a reply; and what the gateway keeps of it.

Actions cannot reach the gateway's database, and what it holds is no business of Rasa's. Every value is JSON.
"""

from __future__ import annotations

from typing import Final, TypedDict

from kit.replies import Part

REMEMBER_REQUEST: Final = "remember_request"
ERASE: Final = "erase"


class Kept(TypedDict, total=False):
    """What the gateway keeps of a conversation besides its messages; a key is absent where there is nothing."""

    #: References of the requests that were made or followed in it.
    requests: list[str]


def remember_request(reference: str, key: str | None, subject: str) -> Part:
    """Return the task to remember a request, and the key that erases the resident from it."""
    return {"do": REMEMBER_REQUEST, "reference": reference, "key": key, "subject": subject}


def erase() -> Part:
    """Return the task to erase everything; the gateway's receipt is shown in place of the reply."""
    return {"do": ERASE}
