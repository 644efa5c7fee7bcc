"""The desk's pages: who asks, what they may, and what they are shown."""
