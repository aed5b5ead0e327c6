"""A message with media, before it has a job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MediaKind = Literal["clip", "photo", "log"]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message with media, as Telegram names it. size_bytes None: not said. album: what was sent at once.

    Its caption tells of one weight at most, `weight_kg`, or of several, `weights_kg`, those of its sets in order.
    """

    user_id: int
    chat_id: int
    message_id: int
    kind: MediaKind
    file_id: str
    file_unique_id: str
    file_name: str | None = None
    size_bytes: int | None = None
    exercise_given: str | None = None
    weight_kg: float | None = None
    weights_kg: tuple[float, ...] = ()
    weight_of: str | None = None
    album: str | None = None

    def __post_init__(self) -> None:
        if self.size_bytes is not None and self.size_bytes < 0:
            raise ValueError(f"size_bytes must not be negative, got {self.size_bytes}")
        if not (self.file_id and self.file_unique_id):
            raise ValueError("an arrival names its file")
