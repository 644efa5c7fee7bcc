"""Days and times as residents write them."""
