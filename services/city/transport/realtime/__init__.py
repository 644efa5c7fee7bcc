"""Real time: what is stored of it, how fresh it is, and how it is laid over the timetable."""
