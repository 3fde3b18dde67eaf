"""What a command would do, before it does it."""
