"""Photos of requests: checked by what they hold, made anew without metadata, stored, served, deleted."""
