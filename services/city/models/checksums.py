"""What a dataset was made from, so that importing the same again changes nothing."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from services.city.models.base import Base


class DatasetChecksum(Base):
    """The SHA-256 of the files that a dataset was read from and of the code that read them."""

    __tablename__ = "dataset_checksums"

    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
