"""What the FastAPI services share: schema migrations, and what OpenAPI says of errors."""
