"""The only public door: the chat API, the conversations it keeps, and the chat page."""
