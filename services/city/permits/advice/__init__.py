"""Advice: whether some works or a use need a permit, by decision tables."""
