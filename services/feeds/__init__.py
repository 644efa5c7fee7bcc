"""Outside sources: one package a source, which fetches and parses and does nothing else."""
