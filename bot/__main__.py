"""`python -m bot` is the `spotter` command."""

import sys

from bot.cli import main

sys.exit(main())
