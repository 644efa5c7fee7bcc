"""The city façade: one HTTP API over the Region's transport, waste and permit data."""
