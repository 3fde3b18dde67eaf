"""Graphs, calendars, queries, conditions, transitions: what follows from the values."""
