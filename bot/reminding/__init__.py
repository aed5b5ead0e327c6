"""Reminders: as people type them, when they fire, and the handlers."""
