"""Waste: what is collected where, and when to put it out."""
