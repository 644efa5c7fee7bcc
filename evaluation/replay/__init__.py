"""Two models on the same questions: which of them are understood differently, the worst first."""
