"""What every part of the gateway stands on: database, errors, limits, texts, what is observed."""
