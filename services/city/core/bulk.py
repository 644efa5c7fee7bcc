"""Many rows into one table by the fastest way that a database has: COPY in PostgreSQL, one statement in SQLite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from services.city.models.base import Base


def insert_rows(session: Session, table: type[Base], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows in the session's transaction; the driver gets the values as they are (so: none for JSON columns)."""
    connection = session.connection()
    prepare = connection.dialect.identifier_preparer
    names = ", ".join(prepare.quote(column) for column in columns)
    into = f"{prepare.quote(table.__tablename__)} ({names})"
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.dbapi_connection
        with driver.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {into} VALUES ({marks})", list(rows))  # noqa: S608 - our own names
