"""What the forms have in common: validating, asking, answering."""
