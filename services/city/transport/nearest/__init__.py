"""The stops that one walks to from a place."""
