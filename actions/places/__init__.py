"""Finding the street, stop or commune that a resident means."""
