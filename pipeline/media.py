"""Tell what a file is by its first bytes, not by its name.

Signatures as in the formats' own specifications: PNG, JPEG, GIF, RIFF, ISO base media (14496-12, its brands for still
pictures in 23008-12), ZIP and other containers of tables, Garmin FIT.
"""

from __future__ import annotations

import codecs
from pathlib import Path, PurePath

from PIL import Image

from pipeline.errors import (
    AnalysisError,
    ColumnsUnsure,
    NoFrames,
    NoPictureInside,
    NotALog,
    NotAPicture,
    NotAVideo,
    NoVideoInside,
    UnreadableLog,
)
from pipeline.values import SourceKind

HEAD_BYTES = 4096
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_STILL_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"})
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd",
           b"SQLite format 3", b"\xd0\xcf\x11\xe0")  # fmt: skip
_WIDE_TEXT = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LAYOUT = frozenset(b"\t\n\r\f")
PHOTO_ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".heic", ".heif", ".avif", ".webp", ".bmp", ".tif", ".tiff"})
CLIP_ENDINGS = frozenset({".mp4", ".mov", ".m4v", ".avi", ".mkv", ".webm", ".gif", ".3gp"})
LOG_ENDINGS = frozenset(
    {".csv", ".tsv", ".txt", ".json", ".zip", ".tar", ".tgz", ".gz", ".fit", ".tcx", ".gpx", ".xml"}
)


def kind_of(path: Path) -> SourceKind:
    """What the file at `path` is to be read as; "clip" where nothing tells, since the decoder knows most containers."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    return "photo" if head.startswith(b"GIF8") and _is_one_picture(path) else kind_of_bytes(head)


def kind_of_bytes(head: bytes) -> SourceKind:
    """As `kind_of`, from the first HEAD_BYTES of a file."""
    if _is_picture(head):
        return "photo"
    if head.startswith(_PACKED) or head[257:262] == b"ustar" or head[8:12] == b".FIT" or _is_text(head):
        return "log"
    return "clip"


def called(name: str) -> SourceKind | None:
    """What the ending of a file's name says it is; None where it does not say."""
    ending = PurePath(name).suffix.lower()
    kinds: tuple[tuple[SourceKind, frozenset[str]], ...] = (
        ("photo", PHOTO_ENDINGS),
        ("clip", CLIP_ENDINGS),
        ("log", LOG_ENDINGS),
    )
    return next((kind for kind, endings in kinds if ending in endings), None)


def in_the_words_of(name: str, error: AnalysisError) -> AnalysisError:
    """The error for a user who believes that the file is what its name says.

    Files are read by their bytes: text named .jpg is a bad log to the reader, but a bad picture to whoever sent it.
    """
    if isinstance(error, UnreadableLog) and not isinstance(error, ColumnsUnsure):
        inside = {"photo": NoPictureInside, "clip": NoVideoInside}.get(called(name) or "")
        return inside(ending=PurePath(name).suffix.lower()) if inside else error
    if isinstance(error, NotAVideo | NoFrames):
        unread = {"photo": NotAPicture, "log": NotALog}.get(called(name) or "")
        return unread() if unread else error
    return error


def is_heic(head: bytes) -> bool:
    """Whether these are the first bytes of a HEIC picture (ISO base media, as iPhones write)."""
    return head[4:8] == b"ftyp" and head[8:12] in _STILL_BRANDS


def _is_one_picture(path: Path) -> bool:
    """Whether a GIF holds a single picture."""
    try:
        with Image.open(path) as picture:
            return not getattr(picture, "is_animated", True)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False  # the decoder of clips says what is wrong with it


def _is_picture(head: bytes) -> bool:
    webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    bmp = head.startswith(b"BM") and not _is_text(head)  # a table's first column may be called BMI160_ax
    return head.startswith(_PICTURES) or webp or bmp or is_heic(head)


def _is_text(head: bytes) -> bool:
    """Whether these bytes are readable text in UTF-8, Latin-1 or UTF-16: no control characters except for layout."""
    if head.startswith(_WIDE_TEXT):
        return True
    return bool(head) and all(byte >= 0x20 or byte in _LAYOUT for byte in head)
