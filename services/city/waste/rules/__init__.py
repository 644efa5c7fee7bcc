"""Rules about waste, with what they cost and since when they hold."""
