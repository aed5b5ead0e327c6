"""Tell a file's format by its first bytes, and an archive's by the names within, never by the file's own name."""

from __future__ import annotations

from collections.abc import Set

from pipeline.sensors.text import wide_code

SIGNATURES = (
    (b"SQLite format 3", "SQLite"),
    (b"\xd0\xcf\x11\xe0", "Excel"),
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"BEGIN:VCARD", "vCard"),
    (b"BEGIN:VCALENDAR", "iCalendar"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"\x89HDF", "HDF5"),
    (b"MATLAB 5.0", "MATLAB"),
    (b"\x93NUMPY", "NumPy"),
    (b"PAR1", "Parquet"),
    (b"ARROW1", "Arrow"),
    (b"bplist", "plist"),
    (b"\x1a\x45\xdf\xa3", "MKV"),
    (b"fLaC", "FLAC"),
    (b"OggS", "Ogg"),
    (b"ID3", "MP3"),
)
# Where several formats begin alike, RIFF and those of Apple: what stands further on
BRANDS = {b"WAVE": "WAV", b"WEBP": "WebP", b"AVI ": "AVI", b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC",
          b"M4A ": "M4A", b"qt  ": "MOV"}  # fmt: skip
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 26})  # what no text holds
# Documents that are archives: of each a name within that begins so, or is so
DOCUMENTS = (
    ("word/", "Word"),
    ("ppt/", "PowerPoint"),
    ("[Content_Types].xml", "Excel"),
    ("Index/Document.iwa", "Numbers"),
    ("META-INF/container.xml", "EPUB"),
    ("META-INF/manifest.xml", "OpenDocument"),
    ("AndroidManifest.xml", "APK"),
)


def kind_of(head: bytes) -> str:
    """The format: "text", "fit", "zip", "tar", "gzip"; "binary" for unknown data; or what people call it."""
    if head[:4] in (ZIP, EMPTY_ZIP):
        return "zip"
    if head[8:12] == b".FIT":
        return "fit"
    if head[4:8] == b"ftyp":
        return BRANDS.get(head[8:12], "MP4")
    if head[:4] == b"RIFF":
        return BRANDS.get(head[8:12], "RIFF")
    if head[257:262] == b"ustar":
        return "tar"
    for signature, called in SIGNATURES:
        if head.startswith(signature):
            return called
    return "text" if _is_text(head) else "binary"


def document_of(names: Set[str]) -> str | None:
    """The kind of document that an archive with these names is; None for an archive of files."""
    return next((called for begins, called in DOCUMENTS if any(name.startswith(begins) for name in names)), None)


def _is_text(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or wide_code(head):
        return True
    return len(head.translate(None, CONTROLS)) == len(head)
