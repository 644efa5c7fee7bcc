"""What every topic of the façade stands on: settings, database, datasets, errors, the answer's envelope."""
