"""What residents wrote and is said back to them."""

import pytest

from actions.speech import said_back


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("rue de l'Étuve 12", "rue de l'Étuve 12"),
        ("<script>alert(1)</script>", "script alert 1 /script"),
        ("[ici](javascript:x)", "ici javascript:x"),
        ("http://evil.example {contact} %(name)s", "http evil.example contact name s"),
        ("**", "…"),
    ],
)
def test_markup_links_and_templates_are_not_said_back(words, said):
    assert said_back({"query": words, "count": 2}) == {"query": said, "count": 2}


def test_a_reply_without_such_words_stays_as_it_is():
    assert said_back({"street": "<b>"}) == {"street": "<b>"}
