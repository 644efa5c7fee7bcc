"""``bxl``: the command line that sets up, runs, trains, imports, asks and measures."""
