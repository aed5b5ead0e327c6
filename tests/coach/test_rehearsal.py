"""What the first question needs is loaded before it is asked."""

from __future__ import annotations

import subprocess
import sys

FRESH = """
from bot.coach.safety import examples
from bot.coach.guard import guard
from bot.coach import Coach
Coach()
print([one.cache_info().currsize for one in (examples.judge, guard._lexicon)])
"""


def test_whoever_asks_first_waits_for_nothing_to_be_read() -> None:
    """In a process of its own: other tests have loaded it all."""
    done = subprocess.run([sys.executable, "-c", FRESH], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[1, 1]"
