"""Collection days."""
