"""Lost property: where to report it, by operator."""
