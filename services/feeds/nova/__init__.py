"""NOVA, the Region's register of permit applications: its WFS layers of planning and environmental permits."""

from services.feeds.nova.fetch import SOURCE, fetch
from services.feeds.nova.model import LAYERS, Dossier, Layer
from services.feeds.nova.parse import parse

__all__ = ["LAYERS", "SOURCE", "Dossier", "Layer", "fetch", "parse"]
