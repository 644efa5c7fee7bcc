"""Who works at the desk: accounts, sign-in, sessions."""
