"""The training command from packed tracks to weights, figures and card, on a handful of simulated clips."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs the extra `train`")

import torch

from bot.cli import main
from pipeline.catalogue import exercises
from pipeline.learn.clips import cross, train
from pipeline.learn.clips.convolutions import Drawing
from pipeline.learn.clips.network import Recipe
from pipeline.learn.simulate.track import textbook
from pipeline.learn.tracks import MISSING, SCALE, read_tracks
from pipeline.recognize.convolutions import open_convolutions
from pipeline.recognize.network import open_network
from pipeline.values import UNKNOWN, PoseTrack

CLIPS = [(name, source) for source in ("a", "b") for name in ("squat", "plank", "push_up", "lunge")]
COLUMNS = ("id", "file", "number", "frames", "exercise", "width", "height", "source", "synthetic", "duplicate")


def pack(folder: Path) -> list[PoseTrack]:
    """The clips as the measuring data are packed: one file a source, 16-bit, an index."""
    rows, tracks = [], []
    for source in ("a", "b"):
        mine = [textbook(exercises()[name], duration_s=4.0, yaw_deg=50.0) for name, where in CLIPS if where == source]
        starts = np.cumsum([0, *(len(track.times_s) for track in mine)])[:-1]
        np.savez(
            folder / f"{source}.npz",
            start=starts,
            times=np.concatenate([track.times_s for track in mine]),
            image=packed(np.concatenate([track.image_px / [track.width_px, track.height_px] for track in mine])),
            world=packed(np.concatenate([track.world_m for track in mine])),
            visibility=np.concatenate([(track.visibility * 255).astype(np.uint8) for track in mine]),
        )
        for number, (name, track) in enumerate(zip([n for n, w in CLIPS if w == source], mine, strict=True)):
            sizes = (track.width_px, track.height_px)
            rows.append(
                (f"{source}{number}", f"{source}.npz", number, len(track.times_s), name, *sizes, source, False, False)
            )
        tracks += mine
    with (folder / "index.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *rows, (*rows[0][:-1], True)])
    return tracks


def packed(
    values: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    return np.where(np.isnan(values), MISSING, np.round(values * SCALE)).astype(np.int16)


def test_packed_tracks_are_read_back_without_their_duplicates(tmp_path: Path) -> None:
    written = pack(tmp_path)
    read = list(read_tracks(tmp_path))
    assert [(one.exercise, one.source) for one in read] == CLIPS
    for one, track in zip(read, written, strict=True):
        assert one.track.world_m == pytest.approx(track.world_m, abs=0.5 / SCALE + 1e-9)
        assert one.track.image_px == pytest.approx(track.image_px, abs=1280 / SCALE)


def test_the_command_writes_weights_figures_and_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack(tmp_path)
    monkeypatch.setattr(cross, "RECIPES", (Recipe(width=16, steps=10, batch=32),))
    monkeypatch.setattr(train, "DRAWING", Drawing(dilations=(4,), thresholds=1, sample=20))
    monkeypatch.setattr(train, "DRAWS", 2)
    out = tmp_path / "weights"
    torch.set_num_threads(2)  # on several cores the same seed does not give the same weights
    options = ["--each", "1", "--members", "1", "--folds", "2", "--seed", "3"]
    assert main(["train", "clips", str(tmp_path), "--out", str(out), *options]) == 0
    assert torch.get_num_threads() == 1
    figures = json.loads((out / "recognizer.json").read_text(encoding="utf-8"))
    assert figures["by_source"]["all"]["clips"] == len(CLIPS)
    assert figures["by_source"]["without_push_ups"]["clips"] == len(CLIPS) - 2
    assert (out / "recognizer_confusion.png").read_bytes().startswith(b"\x89PNG")
    opened = open_network(*((out / name).read_bytes() for name in ("recognizer.onnx", "recognizer_cut_off.onnx")))
    assert opened.names[-1] == UNKNOWN
    beside = open_convolutions((out / "recognizer_convolutions.onnx").read_bytes())
    assert beside.calibration.working_point == figures["working_point"]
    assert beside.calibration.short_power == figures["short_power"]
    assert (out / "recognizer_aside.onnx").stat().st_size > 0
    assert figures["pieces"]["3 s"]["pieces"] == 4 * (len(CLIPS) - 2)
    assert "| 1.5 s push-ups | 8 |" in (out / "recognizer.md").read_text(encoding="utf-8")
    assert "| source" not in (out / "recognizer.md").read_text(encoding="utf-8")
    assert "--each 1" in (out / "recognizer.md").read_text(encoding="utf-8")
