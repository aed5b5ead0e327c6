"""Train the counting of repetitions in sensor logs: the beat networks, and the choice among numbers."""
