"""Teaches and measures the networks that name photos: poses of yoga, stills of exercises."""
