"""A recording as its sets: where nothing repeats for long, somebody walks, or another exercise begins."""
