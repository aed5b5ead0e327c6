"""A clip as pictures: decoded as densely as asked, cuts found, encoded again."""
