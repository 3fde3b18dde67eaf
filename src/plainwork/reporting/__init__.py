"""Values as text for people and machines."""
