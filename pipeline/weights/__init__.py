"""The project's own small networks, each with a card beside it that says what it learned from."""
