"""Permits: the procedures, with what differs by commune."""
