"""Communes: their administrations, opening hours and the Region's contacts."""
