"""Measure how often the answers are right, on labelled clips, logs and photos."""
