"""The services around the assistant: city façade, feeds, importers, gateway, command line."""
