"""Reading the reply texts, and reading them again."""

import pytest

from bot.nlg.catalogue import Catalogue, CatalogueError, reply_ids


def rewrite(file, text):
    file.write_text(text, encoding="utf-8")


def test_ids_of_all_languages(folder):
    assert "utter_hello" in reply_ids(folder)


class Watch:
    """A clock that is moved by hand."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


def test_a_changed_text_is_read_within_a_second_and_without_a_restart(folder):
    watch = Watch()
    catalogue = Catalogue(folder, watch)
    rewrite(folder / "fr/topic.yml", "replies: {utter_hello: {text: Bonjour à vous., owner: team}}\n")
    watch.seconds = 0.9
    catalogue.refresh()
    assert catalogue.forms("utter_hello", "fr") == {"other": "Bonjour."}
    watch.seconds = 1.0
    catalogue.refresh()
    assert catalogue.forms("utter_hello", "fr") == {"other": "Bonjour à vous."}


def test_a_text_that_cannot_be_read_leaves_the_one_before(folder, caplog):
    watch = Watch()
    catalogue = Catalogue(folder, watch)
    rewrite(folder / "fr/topic.yml", "replies: [broken\n")
    watch.seconds = 1.0
    catalogue.refresh()
    assert catalogue.forms("utter_hello", "fr") == {"other": "Bonjour."}
    assert "topic.yml" in caplog.text


def test_the_same_id_in_two_files_is_an_error(folder):
    rewrite(folder / "fr/other.yml", "replies: {utter_hello: {text: Salut, owner: team}}\n")
    with pytest.raises(CatalogueError, match="utter_hello"):
        Catalogue(folder)


@pytest.mark.parametrize(
    "content",
    ["responses: {}", "- a", "replies: {utter_hello: Bonjour}", "replies: {utter_hello: {text: {one: Un}, owner: x}}"],
)
def test_a_file_of_another_shape_is_an_error_that_names_it(folder, content):
    rewrite(folder / "fr/topic.yml", content)
    with pytest.raises(CatalogueError, match=r"topic\.yml"):
        Catalogue(folder)


def test_a_file_that_is_not_utf8_is_an_error_that_names_it(folder):
    (folder / "fr/topic.yml").write_bytes(b"replies: {utter_hello: {text: \xff\xfe}}")
    with pytest.raises(CatalogueError, match=r"topic\.yml"):
        Catalogue(folder)
