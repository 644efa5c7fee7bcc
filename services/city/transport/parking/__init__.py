"""Parking zones: the colour at a place, its hours, price and longest stay."""
