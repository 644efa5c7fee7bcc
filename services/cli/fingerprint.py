"""Fingerprints of files, by which work is done again only when its inputs changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import yaml

from services.cli import paths

_MODEL_FOLDERS = ("bot", "kit", "data/nlu", "data/rules", "data/stories")
_MODEL_FILES = ("config.yml", "domain.yml", "uv.lock")
_IGNORED = {"__pycache__", ".pytest_cache"}


def of_files(files: Iterable[Path], *extra: str) -> str:
    """Return a short digest of the files' names and contents and of some further text."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.relative_to(paths.ROOT).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    for text in extra:
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()[:16]


def below(folder: Path) -> list[Path]:
    """Return the files below a folder, caches left out."""
    if not folder.is_dir():
        return []
    return [f for f in folder.rglob("*") if f.is_file() and not _IGNORED.intersection(f.parts)]


def of_sample_city() -> str:
    """Return the fingerprint of the sample city and of the code that imports it."""
    return of_files(
        file
        for folder in (paths.SAMPLE_CITY, paths.ROOT / "services/importers", paths.ROOT / "services/city/models")
        for file in below(folder)
    )


def of_model_inputs() -> str:
    """Return the fingerprint of all that a model is trained from; of the reply texts only their ids count."""
    files = [paths.ROOT / name for name in _MODEL_FILES] + [
        file for folder in _MODEL_FOLDERS for file in below(paths.ROOT / folder)
    ]
    gazetteer = paths.GAZETTEER.read_text() if paths.GAZETTEER.exists() else ""
    return of_files((f for f in files if f.exists()), gazetteer, *_reply_ids())


def _reply_ids() -> list[str]:
    ids: set[str] = set()
    for file in below(paths.ROOT / "data/responses"):
        content = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        ids.update(content.get("replies") or {})
    return sorted(ids)
