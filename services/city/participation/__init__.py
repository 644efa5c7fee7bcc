"""Taking part: what residents are asked about now, and how to have a say anyway."""
