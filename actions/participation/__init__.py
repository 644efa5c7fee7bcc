"""Having a say: what residents can take part in, and their own ideas."""
