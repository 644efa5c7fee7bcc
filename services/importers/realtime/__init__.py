"""Real time: what a source says now, resolved against the timetable and stored as one small snapshot."""
