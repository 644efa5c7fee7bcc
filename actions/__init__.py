"""Custom actions: they ask the city façade over HTTP and say reply ids, never words."""
