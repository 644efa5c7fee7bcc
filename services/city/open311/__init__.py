"""Open311 GeoReport v2 for the rest of the world, over requests: see docs/adr/0012-requests-and-open311.md."""
