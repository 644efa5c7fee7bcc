"""The low-emission zone: whether a vehicle may drive in it on a day, and by which rule."""
