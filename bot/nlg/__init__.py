"""Reply texts: read from ``data/responses/<lang>/``, rendered in the conversation's language."""
