"""Photos that residents send: checked, made anew without metadata, kept with the conversation, sent with a request."""
