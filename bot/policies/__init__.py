"""How the next step of the dialogue is chosen."""
