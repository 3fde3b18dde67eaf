"""What there is: immutable values, and nothing that computes."""
