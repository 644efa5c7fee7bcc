"""Which model answers residents: checked before it goes live, changed without a lost message, and taken back."""
