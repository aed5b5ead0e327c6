"""What a user sent, opened: files, folders and archives become named texts and bytes, within limits, never on disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pipeline.errors import DamagedLog, EmptyFile, LockedLog, LogTooLarge
from pipeline.sensors.limits import LIMITS, Budget

HEAD_BYTES = 4096
SIGNATURES = (
    (b"SQLite format 3", "SQLite"),
    (b"\xd0\xcf\x11\xe0", "Excel"),
    (b"%PDF", "PDF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"RIFF", "WAV"),
    (b"\x89HDF", "HDF5"),
    (b"PAR1", "Parquet"),
    (b"bplist", "plist"),
    (b"fLaC", "FLAC"),
    (b"OggS", "Ogg"),
    (b"ID3", "MP3"),
)
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
ENCRYPTED = 0x1
SHEET = "[Content_Types].xml"
CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 26})  # what no text holds


@dataclass(frozen=True, slots=True)
class Member:
    """One file, by the name the user or the archive gave it. kind is "text", "fit", or what people call the format."""

    name: str
    kind: str
    data: bytes


def members(paths: Sequence[Path], names: Sequence[str], budget: Budget) -> list[Member]:
    """Everything in the files, folders and archives, archives opened, in order.

    What is neither text nor FIT has no data: its kind tells what it is. Raises EmptyFile, DamagedLog, LockedLog,
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


def text_of(data: bytes) -> str | None:
    """The bytes as text with "\\n" at line ends, whatever wrote them; None where they are no text."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
    elif b"\x00" in data[:HEAD_BYTES]:
        code = _wide(data[:HEAD_BYTES])
        if code is None:
            return None
        text = data.decode(code, errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("latin-1")
    text = text.replace("\x00", "")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


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


def _opened(name: str, stream: IO[bytes], budget: Budget, depth: int) -> list[Member]:
    head = stream.read(HEAD_BYTES)
    kind = _kind(head)
    if kind not in ("text", "fit", "zip"):
        return [Member(name, kind, b"")]
    data = head + _bounded(stream, budget, len(head))
    if kind != "zip":
        return [Member(name, kind, data)]
    if depth == 0:
        raise LogTooLarge(limit_mb=LIMITS.bytes // 1_000_000)
    return _unzipped(name, data, budget, depth)


def _bounded(stream: IO[bytes], budget: Budget, before: int) -> bytes:
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
            if any(entry.filename == SHEET for entry in entries):
                return [Member(name, "Excel", b"")]
            _check(entries)
            found: list[Member] = []
            for entry in entries:
                with archive.open(entry) as stream:
                    found += _opened(entry.filename, stream, budget, depth - 1)
            return found
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        raise DamagedLog(format="zip") from error


def _check(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Raises LockedLog for a password; LogTooLarge for more files, or a stronger packing, than any log has."""
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise LockedLog()
    packed, whole = sum(entry.compress_size for entry in entries), sum(entry.file_size for entry in entries)
    bomb = whole > LIMITS.ratio_from_bytes and whole > LIMITS.ratio * max(packed, 1)
    if len(entries) > LIMITS.members or bomb:
        raise LogTooLarge(limit_mb=LIMITS.bytes // 1_000_000)


def _hidden(name: str) -> bool:
    """What a Mac adds to an archive, and other files that are not shown."""
    return name.startswith("__MACOSX/") or Path(name).name.startswith(".")


def _kind(head: bytes) -> str:
    if head[:4] in (ZIP, EMPTY_ZIP):
        return "zip"
    if head[8:12] == b".FIT":
        return "fit"
    if head[4:8] == b"ftyp":
        return "MP4"
    for signature, called in SIGNATURES:
        if head.startswith(signature):
            return called
    return "text" if _is_text(head) else "binary"


def _is_text(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or _wide(head):
        return True
    return len(head.translate(None, CONTROLS)) == len(head)


def _wide(head: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of plain digits is zero."""
    if len(head) < 8 or head.count(0) < 0.3 * len(head):
        return None
    if head[::2].count(0) > 0.9 * len(head[::2]):
        return "utf-16-be"
    return "utf-16-le" if head[1::2].count(0) > 0.9 * len(head[1::2]) else None
