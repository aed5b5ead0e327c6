"""Learns to count repetitions in sensor logs: the beat, and the choice among numbers."""
