"""A mapping that holds outside a form holds outside all forms and in each of the others."""

from pathlib import Path

import pytest

from bot.importers.domain import read_domain
from bot.importers.errors import DataFileError

_DOMAIN = """\
version: "3.1"
intents: [ask]
forms:
  first: {{required_slots: [fact]}}
  second: {{required_slots: [fact]}}
  third: {{required_slots: [fact]}}
slots:
  fact:
    type: text
    influence_conversation: false
    mappings:
      - {{type: from_intent, intent: ask, value: "", outside: {form}}}
"""


def _write(folder: Path, form: str) -> Path:
    path = folder / "domain.yml"
    path.write_text(_DOMAIN.format(form=form))
    return path


def test_it_holds_in_no_form_and_in_the_other_forms(tmp_path):
    (slot,) = [slot for slot in read_domain(_write(tmp_path, "second")).slots if slot.name == "fact"]
    (mapping,) = slot.mappings
    assert [condition["active_loop"] for condition in mapping["conditions"]] == [None, "first", "third"]
    assert "outside" not in mapping


def test_a_form_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(DataFileError, match=r"domain.yml: slot fact: a mapping is outside fourth, which is not a form"):
        read_domain(_write(tmp_path, "fourth"))


def test_the_projects_domain_is_read():
    domain = read_domain(Path(__file__).parents[4] / "domain.yml")
    assert all("outside" not in mapping for slot in domain.slots for mapping in slot.mappings)
