"""The Telegram bot, and the `spotter` command."""

import os

# python-telegram-bot gives durations as timedelta instead of warning that it will: they are read as seconds here.
os.environ.setdefault("PTB_TIMEDELTA", "true")
# The arrays here are small: a pool of threads for each linear-algebra call costs more than it brings, and takes the
# cores from the pose network. llama.cpp sets its own number of threads.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
