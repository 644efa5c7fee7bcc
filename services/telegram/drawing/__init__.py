"""How a message looks in Telegram: lines of spans, drawn as HTML that no data can break, and keyboards."""
