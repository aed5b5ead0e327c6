"""Messages from and to Telegram: sent again after errors, paced, edited, streamed, downloaded."""
