"""Everything that is remembered of a user as one file."""

from __future__ import annotations

import io
import json
import zipfile

from models.account import Export

README = """Everything Spotter remembers of you.

data.json   account, jobs, sets (with their reports), conversation, facts, reminders
tracks/     the joint positions of each set: numpy .npz files, times in seconds, pixels and metres
"""


def packed_export(export: Export) -> bytes:
    """The export as a zip a person can open."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README)
        archive.writestr("data.json", json.dumps(export.rows, indent=2, ensure_ascii=False))
        for set_id, track in export.tracks.items():
            archive.writestr(f"tracks/set-{set_id}.npz", track)
    return buffer.getvalue()
