"""How often the answers are right, on clips and logs that somebody labelled."""
