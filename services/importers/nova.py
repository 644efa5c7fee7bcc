"""The register of permit applications: a folder with the pages of NOVA's layers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import orjson
from sqlalchemy import Engine, insert, select

from kit.clock import Clock
from services.city.core.datasets import ImportReport, Origin
from services.city.core.geo import cell
from services.city.models.communes import CommuneRecord
from services.city.models.datasets import Dataset
from services.city.models.permits import DossierRecord
from services.city.permits.dossiers.references import canonical, read
from services.feeds.errors import UnexpectedContentError
from services.feeds.nova import LAYERS, Dossier, Layer, parse
from services.importers.base import ImportRefusedError, Progress, Version, new_version, silent, stated_origin

_BATCH: Final = 2000
_SAME: Final = (
    "layer",
    "procedure_type",
    "status",
    "postcode",
    "street_fr",
    "street_nl",
    "number_from",
    "number_to",
    "object_fr",
    "object_nl",
    "authority_fr",
    "authority_nl",
    "received",
    "acknowledged",
    "inquiry_start",
    "inquiry_end",
    "consultation",
    "decided",
    "valid_until",
    "lat",
    "lon",
)


class NovaImporter:
    """Brings the applications in, with nothing about who applied."""

    name = "nova"

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
        """Import the folder's ``<layer>*.json``; see ``services.importers.base.Importer``.

        Raises ImportRefusedError where a layer has no file, or a file is no collection of features at all.
        """
        files = [(layer, file) for layer in LAYERS for file in sorted(path.glob(f"{layer}*.json"))]
        missing = set(LAYERS) - {layer for layer, _ in files}
        if missing:
            raise ImportRefusedError(f"{path}: no file of the layer {', '.join(sorted(missing))}")
        origin = stated_origin(path, Origin(feed or self.name, "permits", "Permit applications"))
        with new_version(engine, origin, clock, compare=("dossiers",), force=force) as version:
            communes = _Communes(version)
            seen: set[str] = set()
            counts = {"dossiers": 0, "inquiries": 0, "without a point": 0}
            for layer, file in files:
                rows = []
                for dossier in _parsed(file, layer, version.report):
                    row = _row(version.id, dossier, communes)
                    if row["reference"] in seen:
                        version.report.problem(file.name, None, f"{dossier.reference}: a second time")
                        continue
                    seen.add(row["reference"])
                    rows.append(row)
                    counts["inquiries"] += dossier.inquiry_end is not None
                    counts["without a point"] += dossier.lat is None
                for start in range(0, len(rows), _BATCH):
                    version.session.execute(insert(DossierRecord), rows[start : start + _BATCH])
                counts["dossiers"] += len(rows)
                progress(f"{file.name}: {len(rows)} applications")
            version.report.counts = counts
        return version.report


def _parsed(file: Path, layer: Layer, report: ImportReport) -> Iterator[Dossier]:
    try:
        content = orjson.loads(file.read_bytes().removeprefix(b"\xef\xbb\xbf"))
        yield from parse(content, layer, str(file), lambda ref, why: report.problem(file.name, None, f"{ref}: {why}"))
    except OSError as error:
        raise ImportRefusedError(f"{file}: cannot be read: {error.strerror}") from error
    except orjson.JSONDecodeError as error:
        raise ImportRefusedError(f"{file}: not JSON: {error}") from error
    except UnexpectedContentError as error:
        raise ImportRefusedError(str(error)) from error


def _row(dataset_id: int, dossier: Dossier, communes: _Communes) -> dict[str, Any]:
    reference, number = canonical(dossier.reference)
    return {
        "dataset_id": dataset_id,
        "reference": reference,
        "number": number,
        "commune_id": communes.of(dossier),
        "cell": cell(dossier.lat, dossier.lon) if dossier.lat is not None and dossier.lon is not None else None,
        **{name: getattr(dossier, name) for name in _SAME},
    }


class _Communes:
    """Tells the commune of an application: by its reference's number (the end of the NIS code), else its postcode."""

    def __init__(self, version: Version) -> None:
        bodies = version.session.execute(
            select(CommuneRecord.slug, CommuneRecord.body)
            .join(Dataset, Dataset.id == CommuneRecord.dataset_id)
            .where(Dataset.status == "active")
        ).all()
        self._by_number = {str(body["nis_code"])[-2:]: slug for slug, body in bodies}
        self._by_postcode = {code: slug for slug, body in bodies for code in body["postcodes"]}

    def of(self, dossier: Dossier) -> str | None:
        found = read(dossier.reference)
        number = found.commune if found else None
        return self._by_number.get(number or "") or self._by_postcode.get(dossier.postcode or "")
