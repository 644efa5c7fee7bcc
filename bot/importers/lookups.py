"""Names of Rasa lookup tables, by which word lists and place names travel from the importer to the components.

A table's name is a path: ``vocabulary/<lang>/<entity>/<value>``, ``cues/<lang>/<cue>``, ``decisive/<lang>/<intent>``,
``abbreviations/<lang>/<word>`` or ``gazetteer/<kind>``. Lookup tables are part of Rasa's fingerprint of the training
data, so a change in any of these lists retrains what depends on it and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from rasa.shared.nlu.training_data.training_data import TrainingData

VOCABULARY: Final = "vocabulary"
CUES: Final = "cues"
DECISIVE: Final = "decisive"
ABBREVIATIONS: Final = "abbreviations"
GAZETTEER: Final = "gazetteer"


def table(elements: list[str], *path: str) -> dict[str, Any]:
    """Return a lookup table with the path as its name."""
    return {"name": "/".join(path), "elements": elements}


def tables_of(training_data: TrainingData, section: str) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Yield the rest of the path and the elements of each table in a section."""
    for lookup in training_data.lookup_tables:
        head, *rest = str(lookup["name"]).split("/")
        if head == section:
            yield tuple(rest), list(lookup["elements"])
