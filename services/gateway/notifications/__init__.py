"""What comes unasked: who wants to hear of what, when it is said, and how it reaches them."""
