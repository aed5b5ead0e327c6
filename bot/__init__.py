"""The coach in the chat: everything that talks to Telegram, and the `spotter` command."""

import os

# python-telegram-bot gives durations as timedelta instead of warning that it will: they are read as seconds here.
os.environ.setdefault("PTB_TIMEDELTA", "true")
