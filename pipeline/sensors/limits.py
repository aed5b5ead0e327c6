"""Limits on how much of a log is read, so that no file can exhaust the machine."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import LogTooLarge


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bounds on what is opened and kept.

    bytes: an hour of an Apple Watch at 100 Hz with every column is 128 MB of text; twice Telegram's 20 MB as a zip.
    members: Sensor Logger writes about thirty files, a folder of camera pictures has some hundreds. depth: an archive
    in an archive happens when a folder is packed twice. ratio: deflate reaches 1032, text of numbers 3 to 10, a log of
    zeros 300. rows: three hours at 200 Hz. fields: the widest export known (Exermote, SensorLog) has about 90 columns.
    json_bytes: parsed at once, at up to ten times its size; json_parts: records and lists in it, 64 bytes each when
    empty. duration_s: a long day of training.
    """

    bytes: int = 160_000_000
    members: int = 2000
    depth: int = 2
    ratio: float = 500.0
    ratio_from_bytes: int = 5_000_000
    rows: int = 2_500_000
    fields: int = 2000
    json_bytes: int = 48_000_000
    json_parts: int = 1_500_000
    duration_s: float = 6 * 3600.0


LIMITS = ReadLimits()


class Budget:
    """How many bytes may still be opened in one call."""

    def __init__(self, limits: ReadLimits = LIMITS) -> None:
        self.left, self.limit = limits.bytes, limits.bytes

    def take(self, size: int) -> None:
        """Raises LogTooLarge once more was opened than allowed."""
        self.left -= size
        if self.left < 0:
            raise LogTooLarge(limit_mb=self.limit // 1_000_000)
