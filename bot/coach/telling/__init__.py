"""The deterministic coach: whole sentences from the facts, a file for each thing that is spoken of. `rules` chooses."""
