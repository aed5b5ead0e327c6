"""Everything that is remembered of a user as a file, or as several where one is too large for Telegram."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.sentences import plain_as_is
from bot.words.names import exercise_name
from models.account import Export
from pipeline.values import Doubt

TIMES = ("eccentric_s", "pause_s", "concentric_s", "rest_s", "time_under_tension_s")
COLUMNS = ("performed_at", "exercise", "reps", "held_s", "weight_kg", *TIMES, "times_rough")
DECIMALS = 2  # as much as is measured, and pounds come out even again

FILE_BYTES = 45_000_000  # a bot may send 50 MB; a thousand sets of half a minute are twice that


def packed_export(export: Export, most_bytes: int = FILE_BYTES) -> list[bytes]:
    """The export as zips that a person can open, each of about `most_bytes` at most; all but tracks is in the first."""
    language = next((account["language"] for account in export.rows["account"]), "en")  # none after /forget
    texts: dict[str, str | bytes] = {
        "README.txt": plain_as_is(language, "export.readme"),
        "sets.csv": _sheet(export),
        "data.json": json.dumps(export.rows, indent=2, ensure_ascii=False),
    }
    packs: list[dict[str, bytes]] = [{}]
    left_bytes = most_bytes - len(_zipped(texts, {}))
    for set_id, track in export.tracks.items():
        if left_bytes < len(track):
            packs.append({})
            left_bytes = most_bytes
        packs[-1][f"tracks/set-{set_id}.npz"] = track
        left_bytes -= len(track)
    return [_zipped({} if number else texts, tracks) for number, tracks in enumerate(packs)]


def _zipped(texts: Mapping[str, str | bytes], tracks: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
        for name, track in tracks.items():
            archive.writestr(name, track, zipfile.ZIP_STORED)  # compressed already
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
    reps = next(count for count in counts if count is not None) if row["hold_s"] is None else None  # a hold has none
    tempo = row["report"]["tempo"] or {}
    rough = any(caveat["doubt"] == Doubt.TIMES_UNSURE for caveat in row["report"]["caveats"])
    return [
        f"{there:%Y-%m-%d %H:%M}",
        exercise_name(row["corrected_exercise"] or row["measured_exercise"], language),
        reps,
        _rounded(row["hold_s"]),
        _rounded(row["weight_kg"]),
        *(_rounded(tempo.get(name)) for name in TIMES),
        "yes" if rough else "",
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)
