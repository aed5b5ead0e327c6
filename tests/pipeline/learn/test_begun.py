"""Half-done work is never gone on with under other settings or on other data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

from pipeline.learn.begun import BegunOtherwise, begin, digest_of_files, written_whole
from pipeline.learn.clips import train as clips
from pipeline.learn.log_counter import train as counter
from pipeline.learn.logs import train as logs
from pipeline.learn.logs.recordings import DATA_SETS
from pipeline.learn.poses import train as poses


def test_work_goes_on_under_the_same_settings_only_and_what_differs_is_named(tmp_path: Path) -> None:
    work, by = tmp_path / "new" / "work", {"folds": 4, "minutes": (4.0, 8.0), "data": "a"}
    begin(work, "logs", by)
    begin(work, "logs", by)
    begin(work, "counter", {"folds": 5})  # another network's work may lie beside it
    with pytest.raises(BegunOtherwise, match=r"\(data: a, now b; folds: 4, now 5\)"):
        begin(work, "logs", by | {"folds": 5, "data": "b"})
    begin(work, "logs", by)


def test_files_of_other_names_or_bytes_are_other_data(tmp_path: Path) -> None:
    paths = [tmp_path / "one.csv", tmp_path / "two.npz"]
    for path in paths:
        path.write_bytes(b"rows")
    first = digest_of_files(paths)
    assert digest_of_files(paths) == first
    assert digest_of_files(paths[:1]) != first
    paths[0].write_bytes(b"more rows")
    assert digest_of_files(paths) != first


def test_what_breaks_off_leaves_nothing_that_looks_finished(tmp_path: Path) -> None:
    def breaking_off(half: Path) -> None:
        half.write_bytes(b"the first ")
        raise KeyboardInterrupt

    path = tmp_path / "simulated.npy"
    with pytest.raises(KeyboardInterrupt):
        written_whole(path, breaking_off)
    assert not path.exists()
    written_whole(path, lambda half: half.write_bytes(b"all"))
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("simulated.npy", b"all")]


FILES = ("index.csv", "yoga82.npz", "yoga82.csv", "exermote_spans.csv")


@pytest.mark.parametrize(
    ("what", "train", "options"),
    [
        ("clips", clips.train_clips, clips.Options),
        ("poses", poses.train_poses, poses.Options),
        ("logs", logs.train_logs, logs.Options),
        ("counter", counter.train_log_counter, counter.Options),
    ],
)
def test_no_network_goes_on_with_work_that_was_split_or_drawn_otherwise(
    tmp_path: Path, what: str, train: Callable[[Any], Any], options: Callable[..., Any]
) -> None:
    for name in (*FILES, *(f"{name}{ending}" for name in DATA_SETS for ending in (".csv", ".npz"))):
        (tmp_path / name).touch()
    begin(tmp_path / "work", what, {"seed": 99})
    with pytest.raises(BegunOtherwise, match="seed: 99"):
        train(options(tmp_path, tmp_path / "out", tmp_path / "work"))
