"""Small forges with a memory, that answer as the real ones do."""
