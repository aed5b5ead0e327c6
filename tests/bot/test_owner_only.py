"""What users said and showed is readable to the bot's own account only."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from bot.owner_only import owner_only


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_written_and_databases_of_before_are_the_owner_s_alone(tmp_path: Path) -> None:
    usual = os.umask(0o022)
    os.umask(0o022)
    older, other = tmp_path / "spotter.sqlite3", tmp_path / "model.gguf"
    for path in (older, other):
        path.touch()
    with owner_only(tmp_path / "new"), owner_only(tmp_path):
        (tmp_path / "clip.mp4").write_bytes(b"a clip")
    after = tmp_path / "after"
    after.touch()
    os.umask(usual)
    paths = (older, other, tmp_path / "new", tmp_path / "clip.mp4", after)
    assert [mode_of(path) for path in paths] == [0o600, 0o644, 0o700, 0o600, 0o644]
