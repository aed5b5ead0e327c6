"""The texts of a drawn photo, in whatever language the caller speaks: the drawing itself knows none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PhotoWords:
    """title: what it shows; subtitle: how sure and what else it is called; lines: what differs, a short line each."""

    title: str
    subtitle: str
    lines: tuple[str, ...] = ()
