"""Text in, text out: the smallest change that says the new thing."""
