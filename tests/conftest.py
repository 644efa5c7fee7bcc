"""What is collected here: everything but the Rasa server's own tests, which run in its environment (``bxl test``)."""

collect_ignore = ["unit/bot"]
