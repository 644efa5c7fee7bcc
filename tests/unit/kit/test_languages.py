import pytest

from kit.languages import as_language, from_accept_language


@pytest.mark.parametrize(
    ("tag", "language"),
    [("fr", "fr"), ("nl-BE", "nl"), ("EN_gb", "en"), (" fr ", "fr"), ("de", None), ("", None), (None, None), (3, None)],
)
def test_a_tag_is_one_of_our_languages_or_none(tag, language):
    assert as_language(tag) == language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("nl-BE,nl;q=0.9,fr;q=0.8", "nl"),
        ("de, en;q=0.5, fr;q=0.7", "fr"),
        ("fr;q=0, en", "en"),
        ("fr;q=broken, nl;q=0.1", "nl"),
        ("en, nl", "en"),
        ("*", None),
        ("", None),
        (None, None),
    ],
    ids=["first", "by weight", "refused", "broken weight", "order", "any", "empty", "missing"],
)
def test_accept_language_is_read_by_its_weights(header, language):
    assert from_accept_language(header) == language
