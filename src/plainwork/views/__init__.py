"""What a person wants to see, as frozen values in display order."""
