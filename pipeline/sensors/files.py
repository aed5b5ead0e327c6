"""Open what a user sent (files, folders, archives) as named texts and bytes, within limits, never on disk."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from pipeline.errors import DamagedLog, EmptyFile, LockedLog, LogTooLarge
from pipeline.sensors.formats import document_of, kind_of
from pipeline.sensors.limits import LIMITS, Budget
from pipeline.sensors.tars import untarred
from pipeline.sensors.text import HEAD_BYTES

ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """One file, with the name from the user or the archive. kind is "text", "fit", or what people call the format."""

    name: str
    kind: str
    data: bytes


def members(paths: Sequence[Path], names: Sequence[str], budget: Budget) -> list[Member]:
    """Every file in the files, folders and archives, in order.

    A file that is neither text nor FIT has no data: its kind says what it is. Raises EmptyFile, DamagedLog, LockedLog,
    LogTooLarge.
    """
    found: list[Member] = []
    for path, name in zip(paths, names, strict=True):
        for file, called in _files(path, name):
            size = file.stat().st_size
            if size == 0 and not path.is_dir():
                raise EmptyFile()
            if size > LIMITS.bytes:
                raise LogTooLarge(limit_mb=LIMITS.bytes // 1_000_000)
            with file.open("rb") as stream:
                found += _opened(called, stream, budget, LIMITS.depth)
            if len(found) > LIMITS.members:
                raise LogTooLarge(limit_mb=LIMITS.bytes // 1_000_000)
    return found


def _files(path: Path, name: str) -> Iterator[tuple[Path, str]]:
    if not path.is_dir():
        yield path, name
        return
    count = 0
    for file in sorted(path.rglob("*")):
        if file.is_file() and not file.is_symlink() and not file.name.startswith("."):
            count += 1
            if count > LIMITS.members:
                raise LogTooLarge(limit_mb=LIMITS.bytes // 1_000_000)
            yield file, str(file.relative_to(path))


def _opened(name: str, stream: IO[bytes] | gzip.GzipFile, budget: Budget, depth: int) -> list[Member]:
    head = stream.read(HEAD_BYTES)
    kind = kind_of(head)
    if kind == "gzip" and depth:
        return _unpacked(name, stream, budget, depth)
    if kind not in ("text", "fit", "zip", "tar"):
        return [Member(name, kind, b"")]
    if kind in ("zip", "tar") and depth == 0:
        raise LogTooLarge(limit_mb=LIMITS.bytes // 1_000_000)
    if kind == "tar":  # not compressed: only its files count against the limit
        return _untarred(head + _bounded(stream, copy(budget), len(head)), budget, depth)
    data = head + _bounded(stream, budget, len(head))
    return _unzipped(name, data, budget, depth) if kind == "zip" else [Member(name, kind, data)]


def _unpacked(name: str, stream: IO[bytes] | gzip.GzipFile, budget: Budget, depth: int) -> list[Member]:
    """The content of one compressed file, as far as the limits for a log allow."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    most = Budget(replace(LIMITS, bytes=min(budget.left, max(LIMITS.ratio_from_bytes, int(LIMITS.ratio * size)))))
    try:
        with gzip.GzipFile(fileobj=stream) as inside:
            found = _opened(name.removesuffix(".gz"), inside, most, depth - 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DamagedLog(format="gzip") from error
    except LogTooLarge as error:
        raise LogTooLarge(limit_mb=LIMITS.bytes // 1_000_000) from error
    budget.take(most.limit - most.left)
    return found


def _bounded(stream: IO[bytes] | gzip.GzipFile, budget: Budget, before: int) -> bytes:
    budget.take(before)
    parts = []
    while part := stream.read(1 << 20):
        budget.take(len(part))
        parts.append(part)
    return b"".join(parts)


def _unzipped(name: str, data: bytes, budget: Budget, depth: int) -> list[Member]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _hidden(entry.filename)]
            if document := document_of({entry.filename for entry in entries}):
                return [Member(name, document, b"")]
            _check(entries)
            found: list[Member] = []
            for entry in entries:
                with archive.open(entry) as stream:
                    found += _opened(entry.filename, stream, budget, depth - 1)
            return found
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        raise DamagedLog(format="zip") from error


def _untarred(data: bytes, budget: Budget, depth: int) -> list[Member]:
    found: list[Member] = []
    for name, content in untarred(data):
        if not _hidden(name):
            found += _opened(name, io.BytesIO(content), budget, depth - 1)
        if len(found) > LIMITS.members:
            raise LogTooLarge(limit_mb=LIMITS.bytes // 1_000_000)
    return found


def _check(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Raises LockedLog for a password; LogTooLarge for more files, or a higher compression, than a log has."""
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise LockedLog()
    packed, whole = sum(entry.compress_size for entry in entries), sum(entry.file_size for entry in entries)
    bomb = whole > LIMITS.ratio_from_bytes and whole > LIMITS.ratio * max(packed, 1)
    if len(entries) > LIMITS.members or bomb:
        raise LogTooLarge(limit_mb=LIMITS.bytes // 1_000_000)


def _hidden(name: str) -> bool:
    """What a Mac adds to an archive, and other hidden files."""
    return name.startswith("__MACOSX/") or Path(name).name.startswith(".")
