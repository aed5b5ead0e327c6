"""What a user sees of a set that was measured, and does with it."""
