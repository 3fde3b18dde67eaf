"""Forges: what they say of a pull request, translated; nothing is decided here."""
