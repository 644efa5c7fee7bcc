"""The Telegram channel: updates in, the assistant's messages out; conversations are somebody else's (``port.py``)."""
