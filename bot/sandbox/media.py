"""Files that were sent, and the fields that describe them in a message."""

from __future__ import annotations

import hashlib
import itertools
import mimetypes
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal, get_args

from bot.sandbox.limits import Limits
from bot.sandbox.refusals import Json, bad_request

MediaKind = Literal["photo", "video", "animation", "video_note", "voice", "audio", "document", "sticker"]
KINDS: tuple[MediaKind, ...] = get_args(MediaKind)

_FOLDERS = {"photo": "photos", "video": "videos", "animation": "animations", "video_note": "video_notes"}
_PREFIXES = dict(zip(KINDS, ("AgAC", "BAAC", "CgAC", "DQAC", "AwAC", "CQAC", "BQAC", "CAAC"), strict=True))
_DEFAULT_NAMES = {
    "photo": "photo.jpg",
    "video": "video.mp4",
    "animation": "animation.mp4",
    "video_note": "note.mp4",
    "voice": "voice.ogg",
    "audio": "audio.mp3",
    "sticker": "sticker.webp",
}
_NAMELESS = frozenset({"photo", "video_note", "voice", "sticker"})
_SIZED = frozenset({"photo", "video", "animation", "sticker"})
_TIMED = frozenset({"video", "animation", "video_note", "voice", "audio"})
_FRAME_MARKERS = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A stored file. The same bytes have the same `unique_id` however often they are sent."""

    file_id: str
    unique_id: str
    kind: MediaKind
    path: str
    name: str
    mime_type: str
    content: bytes

    @property
    def described(self) -> Json:
        """The fields of every file object of the Bot API."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.content)}


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What the sender says about a picture or clip. Zero means that nothing was said."""

    duration_s: int = 0
    width_px: int = 0
    height_px: int = 0
    emoji: str = ""


NOTHING_SAID = MediaFacts()
_TELLING_BYTES = 1 << 20  # of a file tell it from others; hashing all of a long clip would hold up the loop


class FileStore:
    """Every file of this sandbox, in memory, by id and by path."""

    def __init__(self, first_number: int = 1) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._numbers = itertools.count(first_number)

    def add(self, kind: MediaKind, content: bytes, name: str = "", mime_type: str = "") -> StoredFile:
        """Store the bytes under a new id; numbers count up."""
        number = next(self._numbers)
        name = PurePath(name).name or _DEFAULT_NAMES.get(kind, "file.bin")
        mime_type = mime_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
        unique_id = "AQAD" + hashlib.sha256(content[:_TELLING_BYTES] + str(len(content)).encode()).hexdigest()[:12]
        path = f"{_FOLDERS.get(kind, kind + 's')}/file_{number}{PurePath(name).suffix.lower()}"
        stored = StoredFile(f"{_PREFIXES[kind]}{number:020d}", unique_id, kind, path, name, mime_type, content)
        self._by_id[stored.file_id] = self._by_path[path] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        """The file with this id, None where there is none."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """The file with this path, None where there is none."""
        return self._by_path.get(path)


def media_content(stored: StoredFile, facts: MediaFacts) -> Json:
    """The fields with which a message carries this file; an animation is a document as well, as with Telegram."""
    described = stored.described | _sides(stored, facts) | _name(stored)
    if stored.kind in _TIMED:
        described["duration"] = facts.duration_s
    if stored.kind == "photo":
        return {"photo": [described]}
    if stored.kind == "sticker":
        described |= {"type": "regular", "is_animated": False, "is_video": False, "emoji": facts.emoji or "💪"}
    content: Json = {stored.kind: described}
    return content | ({"document": stored.described | _name(stored)} if stored.kind == "animation" else {})


def media_kind(name: str) -> MediaKind:
    """The kind of this name. Raises: Refusal 400 for an unknown one."""
    if name not in KINDS:
        raise bad_request(f"can't parse InputMedia: invalid media type {name!r}")
    return name


def kind_of(message: Json) -> MediaKind | None:
    """What a message carries beside text, None for a message of text alone."""
    return next((kind for kind in KINDS if kind in message), None)


def check_upload(kind: MediaKind, content: bytes, limits: Limits) -> None:
    """Raises: Refusal 400 for an empty file, or a photo that Telegram would not take."""
    if not content:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        _check_photo(content, limits)


def _check_photo(content: bytes, limits: Limits) -> None:
    if len(content) > limits.photo_bytes:
        size = f"file of size {len(content)} bytes is too big for a photo"
        raise bad_request(f"{size}; the maximum size is {limits.photo_bytes} bytes")
    size_px = picture_size_px(content)
    if size_px is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size_px) > limits.photo_side_sum_px or max(size_px) > limits.photo_side_ratio * min(size_px):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def picture_size_px(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF, JPEG or extended WebP out of its header, None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width_px, height_px = struct.unpack(">II", content[16:24])
        return width_px, height_px
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width_px, height_px = struct.unpack("<HH", content[6:10])
        return width_px, height_px
    if content[8:16] == b"WEBPVP8X" and len(content) >= 30:
        return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
    return _jpeg_size_px(content)


def _jpeg_size_px(content: bytes) -> tuple[int, int] | None:
    for marker, at in _jpeg_segments(content):
        if marker in _FRAME_MARKERS and at + 9 <= len(content):
            height_px, width_px = struct.unpack(">HH", content[at + 5 : at + 9])
            return width_px, height_px
    return None


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, int]]:
    at = 2 if content.startswith(b"\xff\xd8") else len(content)
    while at + 4 <= len(content) and content[at] == 0xFF:
        yield content[at + 1], at
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")


def _sides(stored: StoredFile, facts: MediaFacts) -> Json:
    if stored.kind == "video_note":
        return {"length": facts.width_px or 384}
    if stored.kind not in _SIZED:
        return {}
    width_px, height_px = picture_size_px(stored.content) or (facts.width_px, facts.height_px)
    return {"width": width_px, "height": height_px}


def _name(stored: StoredFile) -> Json:
    if stored.kind == "voice":
        return {"mime_type": stored.mime_type}
    return {} if stored.kind in _NAMELESS else {"file_name": stored.name, "mime_type": stored.mime_type}
