"""Real questions that somebody should look at, grouped by what they seem to ask."""
