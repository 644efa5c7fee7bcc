"""Public car parks near a place."""
