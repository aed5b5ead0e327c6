"""Model files of the pipeline: where they are downloaded from, their sha256, where they are stored.

A file is used only if its sha256 is one of those listed here. Downloads resume: `<name>.part` holds what has arrived,
and the next attempt asks the server for the rest.
"""

from __future__ import annotations

import hashlib
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

from pipeline.errors import AssetCorrupt, AssetMissing

Progress = Callable[[int, int], None]

CHUNK_BYTES = 1 << 16
TIMEOUT_S = 20.0


@dataclass(frozen=True, slots=True)
class Asset:
    """A file to download. sha256 lists every accepted digest, the official one first."""

    name: str
    file_name: str
    url: str
    sha256: tuple[str, ...]
    size_bytes: int
    licence: str
    what: str


POSE_LANDMARKER = Asset(
    name="pose_landmarker_full",
    file_name="pose_landmarker_full.task",
    url="https://storage.googleapis.com/mediapipe-models/pose_landmarker/pose_landmarker_full/float16/1/pose_landmarker_full.task",
    sha256=(
        "4eaa5eb7a98365221087693fcc286334cf0858e2eb6e15b506aa4a7ecdcec4ad",
        # the same networks out of the mediapipe 0.10.21 wheel, see pose/bundle.py
        "c45c99f57a40a61ea97ccc2b663aea2bf297c99517cc3474c6fb8a6cb8b20eab",
    ),
    size_bytes=9_398_198,
    licence="Apache-2.0",
    what="33 body landmarks from a picture (BlazePose full)",
)

ASSETS = (POSE_LANDMARKER,)


def sha256_of(path: Path) -> str:
    """The hexadecimal sha256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def locate(asset: Asset, folder: Path) -> Path:
    """The asset's path in `folder`. Raises AssetMissing where it has not been downloaded."""
    path = folder / asset.file_name
    if not path.is_file():
        raise AssetMissing(name=asset.name)
    return path


def verify(asset: Asset, folder: Path) -> Path:
    """The asset's path after checking its bytes. Raises AssetMissing, AssetCorrupt."""
    path = locate(asset, folder)
    found = sha256_of(path)
    if found not in asset.sha256:
        raise AssetCorrupt(name=asset.name, expected_sha256=asset.sha256[0], found_sha256=found)
    return path


def download(asset: Asset, folder: Path, progress: Progress, *, url: str | None = None) -> Path:
    """Download the asset into `folder` and verify it; what had arrived before is not downloaded again.

    `progress` is called with (bytes so far, bytes in all). Raises OSError when the server cannot be reached or breaks
    off (what came stays for the next attempt), AssetCorrupt when the bytes are wrong.
    """
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{asset.file_name}.part"
    try:
        _append_rest(url or asset.url, part, asset.size_bytes, progress)
    except HTTPException as error:  # no OSError, though the network is at fault just the same
        raise ConnectionError(f"the server broke off: {error!r}") from error
    return accept(asset, part, folder)


def accept(asset: Asset, candidate: Path, folder: Path) -> Path:
    """Verify `candidate` and move it to the asset's path in `folder`; a wrong one is deleted. Raises AssetCorrupt."""
    found = sha256_of(candidate)
    if found not in asset.sha256:
        candidate.unlink()
        raise AssetCorrupt(name=asset.name, expected_sha256=asset.sha256[0], found_sha256=found)
    return candidate.replace(folder / asset.file_name)


def _append_rest(url: str, part: Path, size_bytes: int, progress: Progress) -> None:
    have = part.stat().st_size if part.exists() else 0
    if have >= size_bytes:
        return
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})
    with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:
        resumed = response.status == 206  # 200 means that the server sends the whole file again
        done = have if resumed else 0
        total = done + int(response.headers.get("Content-Length") or size_bytes - done)
        with part.open("ab" if resumed else "wb") as file:
            while chunk := response.read(CHUNK_BYTES):
                file.write(chunk)
                done += len(chunk)
                progress(done, total)
    if done < total:
        raise ConnectionError(f"the server stopped after {done} of {total} bytes")
