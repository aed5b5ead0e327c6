"""Half-done work is gone on with only under the settings and on the data that it was begun with.

Else a network that was taught under another split would answer its own people, and no figure would show it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path


class BegunOtherwise(ValueError):
    """The folder holds half-done work of other settings, other data or another catalogue."""


def begin(work: Path, what: str, decided_by: Mapping[str, object]) -> None:
    """The folder is there, and `begun_<what>.json` in it says what decides the work kept there; work that lies there
    without such a file is taken to be of these settings.

    Raises BegunOtherwise, naming all that differs, where the file says otherwise.
    """
    work.mkdir(parents=True, exist_ok=True)
    path, now = work / f"begun_{what}.json", json.loads(json.dumps(decided_by))
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else now
    if apart := sorted(key for key in before.keys() | now.keys() if before.get(key) != now.get(key)):
        told = "; ".join(f"{key}: {before.get(key)}, now {now.get(key)}" for key in apart)
        raise BegunOtherwise(f"{work} holds work begun otherwise ({told}): empty it, or name another with --work")
    path.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")


def written_whole(path: Path, write: Callable[[Path], object]) -> None:
    """The file is as `write` made it, or not there: what breaks off leaves nothing that would be read as finished."""
    half = path.with_name(f"{path.stem}.half{path.suffix}")
    write(half)
    half.replace(path)


def digest_of_files(paths: Iterable[Path]) -> str:
    """Sixteen letters of the files' names and bytes together, in this order. Raises OSError where one is missing."""
    both = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            both.update(f"{path.name} {hashlib.file_digest(file, 'sha256').hexdigest()} ".encode())
    return both.hexdigest()[:16]


def digest_of(told: object) -> str:
    """Sixteen letters of what it is written as."""
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
