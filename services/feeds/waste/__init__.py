"""The collection calendar of the waste agency, street by street, in the calendar service's own shape."""
