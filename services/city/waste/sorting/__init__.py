"""The sorting guide: where a thing goes, why, and what people get wrong about it."""
