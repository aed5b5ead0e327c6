"""What a sensor log shows: which exercise, where the sets are, how many repetitions, and when each one was."""
