"""Places: the resolver of streets, addresses, stops and communes in both languages."""
