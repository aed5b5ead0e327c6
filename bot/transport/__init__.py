"""How messages come from Telegram and go there: tried again, paced, edited, streamed, fetched."""
