"""A repository of tests: a few sentences and texts in three languages, under git."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kit.clock import FixedClock
from services.studio.editing.editor import Editor, Who
from services.studio.editing.git import Git
from services.studio.editing.repository import Repository

NOW = datetime(2026, 11, 24, 8, 15, tzinfo=UTC)
NADIA = Who("a1", "Nadia El Amrani")
TOM = Who("b2", "Tom <tom@example.be>")

NLU = {
    "fr": """\
version: "3.1"
# Propreté.
nlu:
  - intent: waste_collection_day
    examples: |
      - quand passe le camion des sacs blancs
      - sortir le sac   jaune ce soir ?
      - c'est quel jour, "les bleus" ?

  # Le tri.
  - intent: waste_sorting
    examples: |
      - dans quel sac va une [boîte à pizza](waste_item)
      - le frigolite, je le jette où
""",
    "nl": """\
version: "3.1"
nlu:
  - intent: waste_collection_day
    examples: |
      - wanneer komt de vuilniswagen langs
""",
    "en": """\
version: "3.1"
nlu:
  - intent: waste_collection_day
    examples: |
      - when is the white bag collected
  - intent: waste_sorting
    examples: |
      - which bag for a pizza box
""",
}
TEXTS = {
    "fr": """\
# Jours de collecte.
replies:
  ask_street: {owner: waste, text: "Dans quelle rue ?"}  # courte
  tonight:
    owner: waste
    text:
      one: "Ce soir, sortez {bags}. Il sera ramassé demain."
      other: "Ce soir, sortez {bags}. Ils seront ramassés demain."
  calendar:
    owner: waste
    text: >-
      Le calendrier de toutes les collectes se trouve sur le site de la Région, avec les jours fériés, et
      vous pouvez l'imprimer. Appelez le 0800 98 181.
    source: https://be.brussels/

  hours: {owner: waste, text: 'Le parc ouvre à 9 h.', valid_until: 2026-12-31}
""",
    "nl": """\
replies:
  ask_street: {owner: waste, text: "In welke straat?"}
  tonight:
    owner: waste
    text: "Zet vanavond {bags} buiten. Ophaling morgen."
  calendar:
    owner: waste
    text: "De kalender staat op de site van het Gewest. Bel 0800 98 181."
    source: https://be.brussels/
  hours: {owner: waste, text: "Het park gaat open om 9 uur.", valid_until: 2026-12-31}
""",
    "en": """\
replies:
  ask_street: {owner: waste, text: "In which street?"}
  tonight:
    owner: waste
    text:
      one: "Put {bags} out tonight. It is collected tomorrow."
      other: "Put {bags} out tonight. They are collected tomorrow."
  calendar:
    owner: waste
    text: "The calendar is on the Region's site. Call 0800 98 181."
    source: https://be.brussels/
  hours: {owner: waste, text: "The park opens at 9:00.", valid_until: 2026-12-31}
""",
}
DOMAIN = """\
intents: [waste_collection_day, waste_sorting, greet, nlu_fallback]
entities:
  - waste_item: {influence_conversation: false}
  - fraction
"""
HELD_OUT = "- {text: Une phrase mise de côté pour mesurer, intent: greet}\n"


class Place:
    """A repository with its files, and what a test does with them from outside of the studio."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for language in ("fr", "nl", "en"):
            self.write(f"data/nlu/{language}/waste.yml", NLU[language])
            self.write(f"data/responses/{language}/waste.yml", TEXTS[language])
        self.write("data/nlu/fr/vocabulary.yml", "vocabulary: {fraction: {white: [sac blanc]}}\n")
        self.write("domain.yml", DOMAIN)
        self.write("tests/nlu/fr/talk.yml", HELD_OUT)
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "Outside")
        self.git("config", "user.email", "outside@example.be")
        self.commit("feat: begin")

    def write(self, path: str, content: str) -> None:
        """Write a file, as somebody with an editor would."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode())

    def read(self, path: str) -> str:
        """Return a file of the working copy."""
        return (self.root / path).read_bytes().decode()

    def replace(self, path: str, old: str, new: str) -> None:
        """Change words of a file."""
        content = self.read(path)
        assert old in content
        self.write(path, content.replace(old, new))

    def git(self, *arguments: str) -> str:
        """Run git and return what it says."""
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, check=True)  # noqa: S603, S607
        return done.stdout.decode()

    def commit(self, message: str) -> str:
        """Commit everything; return the commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        return self.head()

    def head(self) -> str:
        """Return the commit that the branch stands on."""
        return self.git("rev-parse", "HEAD").strip()

    def committed(self, path: str) -> str:
        """Return a file of the last commit."""
        return self.git("show", f"HEAD:{path}")

    def status(self) -> str:
        """Return what is not committed."""
        return self.git("status", "--porcelain")

    def editor(self, **options: Any) -> Editor:
        """Return an editor of this repository."""
        git = Git(self.root, program=options.pop("program", "git"))
        return Editor(Repository(git, wait_s=2, **options), FixedClock(NOW), address_domain="studio.invalid")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture
def editor(place: Place) -> Editor:
    return place.editor()
