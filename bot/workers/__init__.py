"""The processes that analyse: how they are kept, and the work that one does."""
