"""Text in, values and diagnostics out: pure, and strict about what it accepts."""
