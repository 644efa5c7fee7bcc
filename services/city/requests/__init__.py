"""The topic requests: what residents report or ask for, from the first word to what was done."""
