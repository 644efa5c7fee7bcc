"""The chat API: conversations, what is said in them, and what comes unasked."""
