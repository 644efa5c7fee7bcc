"""Where the Rasa server keeps the state of dialogues."""
