"""What residents send to the city: collected fact by fact, shown before it is sent, sent once, with a reference."""
