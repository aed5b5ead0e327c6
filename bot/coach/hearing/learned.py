"""What was learned from the coach's lists, kept in a file, so that a start takes a moment instead of seconds.

A file holds for exactly the lists that it was learned from: it carries their fingerprint. `spotter train coach` writes
the files anew.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

FOLDER = Path(__file__).parent.parent / "data"
FINGERPRINT = "fingerprint"

Array = npt.NDArray[Any]
Arrays = Mapping[str, Array]


def fingerprint(*lists: object) -> str:
    """Tells apart all that is learned from: equal for equal lists, however long ago they were read."""
    return hashlib.sha256(repr(lists).encode()).hexdigest()


def stored(name: str, lists: str, folder: Path = FOLDER) -> Arrays | None:
    """What was learned from the lists of this fingerprint; None where the file is missing or of other lists."""
    path = folder / f"learned_{name}.npz"
    if not path.is_file():
        return None
    with np.load(path) as found:
        return dict(found) if unpacked(found[FINGERPRINT]) == (lists,) else None


def store(name: str, lists: str, arrays: Arrays, folder: Path = FOLDER) -> Path:
    """The arrays are kept under this name, as learned from the lists of this fingerprint."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"learned_{name}.npz"
    kept: dict[str, Any] = {**arrays, FINGERPRINT: packed([lists])}
    np.savez_compressed(path, **kept)
    return path


def packed(texts: Sequence[str]) -> Array:
    """Texts without line breaks as bytes, which take far less room than an array of texts."""
    return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)


def unpacked(kept: Array) -> tuple[str, ...]:
    """The texts that were packed."""
    return tuple(kept.tobytes().decode().split("\n"))


def counts_packed(times: Mapping[str, int]) -> dict[str, Array]:
    """How often each word was said, as arrays."""
    return {"words": packed([*times]), "times": np.array([*times.values()], dtype=np.int32)}


def counts_unpacked(kept: Arrays) -> Counter[str]:
    """How often each word was said."""
    return Counter(dict(zip(unpacked(kept["words"]), kept["times"].tolist(), strict=True)))
