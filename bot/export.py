"""Everything that is remembered of a user as one file."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.words.names import exercise_name
from models.account import Export

README = """Everything Spotter remembers of you.

sets.csv    a line for each set, for any spreadsheet: times in seconds, weights in kg, the clock of your time zone
data.json   account, jobs, sets (with their reports), conversation, facts, reminders
tracks/     the joint positions of each set: numpy .npz files, times in seconds, pixels and metres
"""
TIMES = ("eccentric_s", "pause_s", "concentric_s", "rest_s", "time_under_tension_s")
COLUMNS = ("performed_at", "exercise", "reps", "held_s", "weight_kg", *TIMES)


def packed_export(export: Export) -> bytes:
    """The export as a zip a person can open."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README)
        archive.writestr("sets.csv", _sheet(export))
        archive.writestr("data.json", json.dumps(export.rows, indent=2, ensure_ascii=False))
        for set_id, track in export.tracks.items():
            archive.writestr(f"tracks/set-{set_id}.npz", track)
    return buffer.getvalue()


def _sheet(export: Export) -> bytes:
    """The sets as they hold now, oldest first, in the user's language."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(COLUMNS)
    for account in export.rows["account"]:  # none after /forget
        lines.writerows(_line(row, account["language"], ZoneInfo(account["time_zone"])) for row in export.rows["sets"])
    return text.getvalue().encode("utf-8-sig")  # without the mark some spreadsheets take Korean for another encoding


def _line(row: Mapping[str, Any], language: str, zone: ZoneInfo) -> list[object]:
    there = datetime.fromisoformat(row["performed_at"]).astimezone(zone)
    counts = (row["corrected_reps"], row["recounted_reps"], row["measured_reps"])
    tempo = row["report"]["tempo"] or {}
    return [
        f"{there:%Y-%m-%d %H:%M}",
        exercise_name(row["corrected_exercise"] or row["measured_exercise"], language),
        next(count for count in counts if count is not None),
        row["hold_s"],
        row["weight_kg"],
        *(tempo.get(name) for name in TIMES),
    ]
