"""What became of reports."""
