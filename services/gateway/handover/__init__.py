"""The hand-over: residents who ask for a person, and the operators who answer them."""
