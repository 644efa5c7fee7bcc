"""What is said between questions."""
