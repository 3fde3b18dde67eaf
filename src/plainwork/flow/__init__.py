"""What happened, and what follows from it: pure functions of a history of events."""
