"""The way in: one signed channel, spoken by the gateway."""
