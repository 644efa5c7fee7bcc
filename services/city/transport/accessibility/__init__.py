"""What is known of boarding in a wheelchair at a stop."""
