"""Texts that want to be more than text: what a feed, a form or somebody who means harm may put into the city's data."""

from __future__ import annotations

from typing import Any, Final

#: By what they try; none may change anything but its own words.
TEXTS: Final = {
    "html": '<img src=x onerror="document.title=1"><b>gras</b></td></table><script>document.title=1</script>',
    "entities": "&lt;b&gt; &#x3c;script&#x3e; &amp;amp; \"quoted\" 'too'",
    "markdown": "**gras** _italique_ `code` [ici](javascript:document.title=1) # titre\n> cité",
    "override": "Rue \u202egnorw\u202c \u2066isolé\u2069 \u200fsens",
    "unseen": "be\u200b.bru\ufeffssels\u2063 \U000e0041\U000e007f\x07fin",
    "long": "Zuidstation" * 60,
    "template": "{contact} %s ${7*7} {{7*7}} /restart{\"a\": 1}",
}  # fmt: skip
#: What none of them may leave in what is shown.
UNSEEN: Final = "\u200e\u200f\u200b\u202a\u202b\u202c\u202d\u202e\u2063\u2066\u2069\ufeff\x07\U000e0041\U000e007f"
#: Addresses that no link may lead to.
ADDRESSES: Final = (
    "javascript:document.title=1",
    "data:text/html,<script>1</script>",
    "vbscript:x",
    "file:///etc/passwd",
)

#: Fields of cards that are words; the rest are dates, numbers and kinds.
WORDS: Final = frozenset(
    {"name", "title", "address", "headsign", "line", "label", "text", "note", "place", "responsible", "stage"}
    | {"from", "to", "phone", "email", "reference", "items"}
)
LINKS: Final = frozenset({"url", "website", "map", "file", "subscribe"})


def spoilt(value: Any, text: str, address: str, field: str = "") -> Any:
    """Return a card with every word in it replaced by a text, and every link by an address."""
    if isinstance(value, dict):
        return {key: spoilt(each, text, address, key) for key, each in value.items()}
    if isinstance(value, list):
        return [spoilt(each, text, address, field) for each in value]
    if isinstance(value, str) and field in WORDS:
        return text
    return address if isinstance(value, str) and field in LINKS else value
