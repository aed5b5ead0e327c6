"""Learns to count repetitions in clips: the beat, and the choice among candidates."""
