"""What the bot keeps (conversations, stick figures, clips while they are read) is its owner's alone on the machine."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

OTHERS: Final = 0o077  # what group and others may do


@contextlib.contextmanager
def owner_only(data_dir: Path) -> Iterator[None]:
    """The folder is there; nobody else can read what is written meanwhile, nor the databases that lie in it already.

    The process's umask is another until the block ends; worker processes that are started in it have it, too.
    """
    before = os.umask(OTHERS)
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        for database in data_dir.glob("*.sqlite3*"):
            with contextlib.suppress(PermissionError):  # another account's, who lets this one use it
                database.chmod(database.stat().st_mode & ~OTHERS)
        yield
    finally:
        os.umask(before)
