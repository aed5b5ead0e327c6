"""Teaches and measures the recogniser of sensor logs."""
