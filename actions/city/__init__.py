"""The city façade as the actions see it: a port, its HTTP client, its shapes and its errors."""
