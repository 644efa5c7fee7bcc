"""Rules about waste: ``rules.yml``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from kit.clock import Clock
from services.city.core.datasets import ImportReport, Origin
from services.city.waste.rules import facts
from services.city.waste.rules.facts import RuleFacts
from services.importers.base import Progress, Version, new_version, silent, stated_origin
from services.importers.checksums import checksum, remember, unchanged
from services.importers.documents import YamlFile, each, read_yaml
from services.importers.waste_documents import store

_CODE: Final = (Path(__file__), Path(str(facts.__file__)))
_FILE: Final = "rules.yml"


class WasteRulesImporter:
    """Brings the rules in, also those that hold no more or not yet; one at fault is left out and named."""

    name = "waste_rules"

    def run(
        self,
        engine: Engine,
        path: Path,
        clock: Clock,
        progress: Progress = silent,
        *,
        feed: str | None = None,
        force: bool = False,
    ) -> ImportReport:
        """Import the folder; see ``services.importers.base.Importer``. The same file again changes nothing."""
        origin = stated_origin(path, Origin(feed or self.name, "waste_rules", "Waste rules"))
        sha256 = checksum([path / _FILE, *path.glob("origin.yml")], _CODE)
        known = None if force else unchanged(engine, origin.feed, sha256)
        if known is not None:
            return known
        file = read_yaml(path / _FILE)
        with new_version(engine, origin, clock, compare=("rules",), force=force) as version:
            remember(version, sha256)
            rules = list(_sound(each(file, "rules", RuleFacts, version.report), file, version))
            store(version, "rule", [rule.model_dump(mode="json", by_alias=True) for rule in rules])
            version.report.counts = {"rules": len(rules)}
            version.valid_from = min((rule.valid_from for rule in rules), default=None)
            progress(f"{len(rules)} rules")
        return version.report


def _sound(rules: Iterator[tuple[RuleFacts, int]], file: YamlFile, version: Version) -> Iterator[RuleFacts]:
    seen: set[str] = set()
    for rule, line in rules:
        if rule.id in seen:
            version.report.problem(file.path.name, line, f"second rule with the id {rule.id!r}")
        else:
            seen.add(rule.id)
            yield rule
