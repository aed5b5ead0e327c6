"""The schema's history: one revision a file under `versions`, applied at start by `models.migrate`."""
