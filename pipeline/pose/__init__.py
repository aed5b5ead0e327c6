"""Frames of a clip to the landmarks of the person who trains."""
