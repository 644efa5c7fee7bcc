"""What is asked and what comes of it, in figures that name nobody."""
