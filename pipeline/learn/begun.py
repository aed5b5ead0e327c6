"""Resume unfinished work only under the settings and on the data that it was begun with.

Otherwise a network trained under another split would be evaluated on its own training people, unnoticed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path


class BegunOtherwise(ValueError):
    """The folder holds unfinished work of other settings, other data or another catalogue."""


def begin(work: Path, what: str, decided_by: Mapping[str, object]) -> None:
    """Create the folder with `begun_<what>.json`, which says what the work kept there depends on.

    Work in it without such a file is taken to be of these settings. Raises BegunOtherwise, naming all differences,
    where the file says otherwise.
    """
    work.mkdir(parents=True, exist_ok=True)
    path, now = work / f"begun_{what}.json", json.loads(json.dumps(decided_by))
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else now
    if apart := sorted(key for key in before.keys() | now.keys() if before.get(key) != now.get(key)):
        told = "; ".join(f"{key}: {before.get(key)}, now {now.get(key)}" for key in apart)
        raise BegunOtherwise(f"{work} holds work begun otherwise ({told}): empty it, or name another with --work")
    path.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")


def written_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file completely or not at all: an interruption leaves nothing that would be read as finished."""
    half = path.with_name(f"{path.stem}.half{path.suffix}")
    write(half)
    half.replace(path)


def digest_of_files(paths: Iterable[Path]) -> str:
    """Sixteen hex digits of the files' names and bytes, in this order. Raises OSError where one is missing."""
    both = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            both.update(f"{path.name} {hashlib.file_digest(file, 'sha256').hexdigest()} ".encode())
    return both.hexdigest()[:16]


def digest_of(told: object) -> str:
    """Sixteen hex digits of the value's representation."""
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
