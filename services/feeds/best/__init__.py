"""BeSt Address: the official addresses of Belgium, as the open-data CSV of a region gives them."""
