"""Pictures as the landmarks of the one who trains."""
