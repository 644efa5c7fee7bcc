"""How understanding is measured: held-out sentences, the measures on them, and their thresholds."""
