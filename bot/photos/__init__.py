"""What a user does with a photo that was named, and what the coach knows of it."""
