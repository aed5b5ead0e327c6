"""Train the counting of repetitions in clips: the beat network, and the choice among candidates."""
