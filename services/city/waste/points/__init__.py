"""Where to bring what no bag takes: container parks and drop-off points."""
