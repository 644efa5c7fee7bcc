"""Emergency numbers, helplines, services and the call centre: ``contacts.yml``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, insert

from kit.clock import Clock
from services.city.communes.facts import ContactFacts
from services.city.core.datasets import ImportReport, Origin
from services.city.models.communes import ContactRecord
from services.importers.base import ImportRefusedError, Progress, Version, new_version, silent, stated_origin
from services.importers.documents import YamlFile, each, read_yaml

_FILE: Final = "contacts.yml"


class ContactsImporter:
    """Brings the contacts in, in the order in which to show them."""

    name = "contacts"

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
        """Import ``contacts.yml``, or the one in a folder; see ``services.importers.base.Importer``.

        Raises ImportRefusedError also where there is not exactly one call centre: it is who answers when the
        assistant cannot.
        """
        file = read_yaml(path / _FILE if path.is_dir() else path)
        origin = stated_origin(
            file.path, Origin(feed or self.name, "contacts", "Contacts", sample=bool(file.content.get("sample")))
        )
        with new_version(engine, origin, clock, compare=("contacts",), force=force) as version:
            contacts = list(_sound(each(file, "contacts", ContactFacts, version.report), file, version))
            call_centres = [contact.id for contact in contacts if contact.kind == "call_centre"]
            if contacts and len(call_centres) != 1:
                raise ImportRefusedError(f"{file.path}: {len(call_centres)} contacts of the kind call_centre, not one")
            records = [
                {
                    "dataset_id": version.id,
                    "contact_id": contact.id,
                    "kind": contact.kind,
                    "position": position,
                    "body": contact.model_dump(mode="json"),
                }
                for position, contact in enumerate(contacts)
            ]
            if records:
                version.session.execute(insert(ContactRecord), records)
            version.report.counts = {"contacts": len(records)}
            version.valid_from = file.as_of
        return version.report


def _sound(contacts: Iterator[tuple[ContactFacts, int]], file: YamlFile, version: Version) -> Iterator[ContactFacts]:
    seen: set[str] = set()
    for contact, line in contacts:
        if contact.id in seen:
            version.report.problem(file.path.name, line, f"second contact with the id {contact.id!r}")
        else:
            seen.add(contact.id)
            yield contact
