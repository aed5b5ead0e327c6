"""What the coach is measured on: scenes with every number known, questions with what a right answer contains, lies."""
