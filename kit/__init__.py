"""What both environments share; standard library only.

Languages, the clock, reply parts, wire names, signing, redaction.
"""
