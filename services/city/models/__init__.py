"""Tables of the city database, one module a topic; importing this package registers them all."""

from services.city.models.base import Base
from services.city.models.datasets import Dataset

__all__ = ["Base", "Dataset"]
