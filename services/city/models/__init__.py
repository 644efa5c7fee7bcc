"""Tables of the city database, one module a topic; importing this package registers them all."""

from services.city.models.base import Base
from services.city.models.communes import CommuneRecord, ContactRecord
from services.city.models.datasets import Dataset
from services.city.models.places import Address, Place, PlaceName

__all__ = ["Address", "Base", "CommuneRecord", "ContactRecord", "Dataset", "Place", "PlaceName"]
