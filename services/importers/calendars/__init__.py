"""Collection calendars, learnt street by street over many updates from a service that answers one address at a time."""
