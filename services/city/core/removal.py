"""Removes a version that is no longer in use, or never came to be, in batches that hold nobody up."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final

from sqlalchemy import ColumnElement, Table, delete, select, tuple_
from sqlalchemy.orm import Session

from services.city.models import Base
from services.city.models.datasets import Dataset

_BATCH: Final = 2_000

#: Opens a block whose writes are committed at its end.
Writing = Callable[[], AbstractContextManager[None]]


def remove(session: Session, dataset_id: int, writing: Writing) -> None:
    """Delete a dataset and every row that hangs by it, those first that hang by others."""
    for table in reversed(Base.metadata.sorted_tables):
        belongs = _belongs(table, dataset_id)
        if belongs is None:
            continue
        keys = list(table.primary_key.columns)
        some = select(*keys).where(belongs).limit(_BATCH)
        statement = delete(table).where((tuple_(*keys) if len(keys) > 1 else keys[0]).in_(some))
        deleted = _BATCH
        while deleted == _BATCH:
            with writing():
                deleted = session.connection().execute(statement).rowcount
    with writing():
        session.connection().execute(delete(Dataset).where(Dataset.id == dataset_id))


def _belongs(table: Table, dataset_id: int) -> ColumnElement[bool] | None:
    """Return what is true of a dataset's rows in a table; None where its rows do not go with a dataset."""
    keys = [key for key in table.foreign_keys if key.ondelete == "CASCADE"]
    for key in keys:
        if key.column.table is Dataset.__table__:
            return key.parent == dataset_id
    for key in sorted(keys, key=lambda key: key.parent.name):
        of_parent = _belongs(key.column.table, dataset_id)
        if of_parent is not None:
            return key.parent.in_(select(key.column).where(of_parent))
    return None
