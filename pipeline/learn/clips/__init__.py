"""Teaches and measures the recogniser of clips."""
