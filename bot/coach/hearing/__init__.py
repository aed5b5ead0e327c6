"""What a message asks for and what it tells: its words, its intent, what it refers to, what it takes for granted."""
