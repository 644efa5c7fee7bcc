"""FixMyStreet Brussels: incidents that others have reported, with their state."""

from services.feeds.fixmystreet.fetch import SOURCE, fetch
from services.feeds.fixmystreet.model import Incident, State
from services.feeds.fixmystreet.parse import parse

__all__ = ["SOURCE", "Incident", "State", "fetch", "parse"]
