"""Train and evaluate the recogniser of clips."""
