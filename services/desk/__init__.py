"""The call-centre desk: sign-in, screens and what is live on them; conversations are somebody else's (``port.py``)."""
