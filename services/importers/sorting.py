"""The sorting guide: a folder with destinations, reasons, traps, words for several things, and the things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from sqlalchemy import Engine

from kit.clock import Clock
from services.city.core.datasets import ImportReport, Origin
from services.city.core.facts import Trilingual
from services.city.waste.sorting import facts, wording
from services.city.waste.sorting.facts import AmbiguityFacts, DestinationFacts, ItemFacts, SortingItem, TextFacts
from services.city.waste.sorting.wording import words_of
from services.importers.base import ImportRefusedError, Progress, Version, new_version, silent, stated_origin
from services.importers.checksums import checksum, remember, unchanged
from services.importers.documents import each, read_yaml
from services.importers.waste_documents import store

_CODE: Final = tuple(Path(str(module)) for module in (__file__, facts.__file__, wording.__file__))


class SortingImporter:
    """Brings the guide in; a thing at fault is left out, with its file, line and reason."""

    name = "sorting"

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
        """Import the folder; see ``services.importers.base.Importer``. The same files again change nothing.

        Raises ImportRefusedError also where a destination, reason or trap is at fault: many things name it.
        """
        origin = stated_origin(path, Origin(feed or self.name, "sorting", "Sorting guide"))
        files = [*path.glob("*.yml"), *path.glob("items/*.yml")]
        sha256 = checksum(files, _CODE)
        known = None if force else unchanged(engine, origin.feed, sha256)
        if known is not None:
            return known
        with new_version(engine, origin, clock, compare=("things",), force=force) as version:
            remember(version, sha256)
            texts = _Texts.read(path)
            items = list(_items(path, texts, version))
            several = list(_ambiguities(path, {item.id for item in items}, texts, version))
            store(version, "destination", [one.model_dump(mode="json") for one in texts.destinations.values()])
            store(version, "item", [item.model_dump(mode="json") for item in items])
            store(version, "ambiguity", [one.model_dump(mode="json") for one in several])
            names = sum(len(item.all) for item in items)
            version.report.counts |= {"things": len(items), "names": names, "words for several": len(several)}
            progress(f"{len(items)} things")
        return version.report


@dataclass
class _Texts:
    """What things refer to, and whose each name is."""

    destinations: dict[str, DestinationFacts]
    reasons: Mapping[str, Trilingual]
    traps: Mapping[str, Trilingual]
    owners: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> _Texts:
        report = ImportReport()
        file = read_yaml(path / "destinations.yml")
        destinations = {one.id: one for one, _ in each(file, "destinations", DestinationFacts, report)}
        if report.problems:
            raise ImportRefusedError(f"{file.path}:{report.problems[0]['line']}: {report.problems[0]['reason']}")
        return cls(destinations, _trilingual(path, "reasons"), _trilingual(path, "traps"))

    def faults(self, item: ItemFacts) -> Iterator[str]:
        """Yield what a thing refers to that is not there, and its names that are another's."""
        yield from (f"to: no destination {one!r}" for one in item.to if one not in self.destinations)
        if item.why not in self.reasons:
            yield f"why: no reason {item.why!r}"
        if item.trap is not None and item.trap not in self.traps:
            yield f"trap: no trap {item.trap!r}"
        for name in item.all:
            owner = self.owners.get(_key(name))
            if owner is not None and owner != item.id:
                yield f"{name!r} belongs to {owner}"


def _trilingual(path: Path, what: str) -> Mapping[str, Trilingual]:
    file = read_yaml(path / f"{what}.yml")
    entries = file.content.get(what)
    if not isinstance(entries, dict):
        raise ImportRefusedError(f"{file.path}: no mapping under {what!r}")
    found: dict[str, Trilingual] = {}
    for key, entry in entries.items():
        try:
            found[str(key)] = TextFacts.model_validate(entry)
        except ValidationError as error:
            fault = error.errors()[0]
            where = ".".join(map(str, fault["loc"]))
            raise ImportRefusedError(f"{file.path}: {key}: {where}: {fault['msg']}") from error
    return found


def _items(path: Path, texts: _Texts, version: Version) -> Iterator[SortingItem]:
    seen: set[str] = set()
    for file_path in sorted(path.glob("items/*.yml")):
        for item, line in each(read_yaml(file_path), "items", ItemFacts, version.report):
            faults = [f"second thing with the id {item.id!r}"] if item.id in seen else list(texts.faults(item))
            for fault in faults:
                version.report.problem(file_path.name, line, fault)
            if faults:
                continue
            seen.add(item.id)
            texts.owners.update({_key(name): item.id for name in item.all})
            yield SortingItem(
                **item.model_dump(exclude={"why", "trap"}),
                why=texts.reasons[item.why],
                trap=texts.traps[item.trap] if item.trap else None,
            )


def _ambiguities(path: Path, items: set[str], texts: _Texts, version: Version) -> Iterator[AmbiguityFacts]:
    file = read_yaml(path / "ambiguities.yml")
    for one, line in each(file, "ambiguities", AmbiguityFacts, version.report):
        faults = [f"{one.id}: no thing {item!r}" for item in one.items if item not in items]
        for word in one.words.all:
            owner = texts.owners.setdefault(_key(word), one.id)
            if owner != one.id:
                faults.append(f"{one.id}: {word!r} belongs to {owner}")
        for fault in faults:
            version.report.problem(file.path.name, line, fault)
        if not faults:
            yield one


def _key(name: str) -> str:
    """Return a name as the search sees it."""
    return " ".join(sorted(words_of(name)))
