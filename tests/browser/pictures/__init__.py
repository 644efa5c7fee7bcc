"""The pictures of docs/widget.md: every card and state, in three languages and both themes, at a phone's width."""
