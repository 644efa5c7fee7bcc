"""Tickets and passes: what they cost, for whom, where to buy them."""
