"""Packed recordings are read as logs, people are drawn the same way every time, and labelled logs are evaluated."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.cli import main
from pipeline.evaluate.logs import answer, holds_recordings, of_people, read_labelled
from pipeline.evaluate.recordings import people_drawn, read_recordings
from pipeline.values import MeasuredSet, MotionLog, Recognition
from tests.pipeline.reports import FIVE_SQUATS
from tests.shared_data import SHARED, needs_shared_data

MOTION = MotionLog(np.arange(3.0), np.zeros((3, 3)), np.zeros((3, 3)), "made")
HEADER = "id,person,session,label,reps,rate_hz,rows"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Two people: one still rest and one set of two swings, as integers of a thousandth."""
    still = np.tile([0, 0, 9810], (500, 1))
    angle = np.deg2rad(80) * (1 - np.cos(2 * np.pi * np.arange(200) / 100)) / 2
    swings = 9810 * np.column_stack([np.sin(angle), 0 * angle, np.cos(angle)])
    signal = np.concatenate([still, swings]).astype(np.int16)
    np.savez(tmp_path / "made.npz", signal=signal, scale=np.full(3, 0.001), start=np.array([0, 500]))
    rows = ("made_1,p1,s,rest,,50,500", "made_2,p2,s,biceps_curl,2,50,200")
    path = tmp_path / "made.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def test_a_recording_is_a_log_in_seconds_and_metres(table: Path) -> None:
    rest, curls = read_recordings(table)
    assert (rest.reps, curls.reps, curls.label) == (None, 2, "biceps_curl")
    assert rest.log.duration_s == pytest.approx(9.98)
    assert np.allclose(rest.log.acceleration_m_s2, [0, 0, 9.81])
    assert np.isnan(rest.log.rotation_rad_s).all()


def test_a_table_without_a_column_is_refused_by_name(table: Path) -> None:
    table.write_text("id,person\nmade_1,p1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="label, rate_hz, rows"):
        read_recordings(table)


def test_the_same_people_are_drawn_whoever_else_is_there() -> None:
    drawn = people_drawn("abcdefgh", 3)
    assert drawn == people_drawn("hgfedcba", 3)
    assert drawn == people_drawn(drawn, 3)
    assert people_drawn("abcdefgh", 3, "another") != drawn


def test_of_several_sets_the_one_of_most_repetitions_names_a_recording(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sets = [
        MeasuredSet(replace(FIVE_SQUATS, reps=FIVE_SQUATS.reps[:count], recognition=Recognition(name, 0.9)), MOTION)
        for count, name in ((1, "deadlift"), (4, "biceps_curl"), (2, "lunge"))
    ]
    monkeypatch.setattr("pipeline.evaluate.logs.analyze_log", lambda *_, **__: sets)
    said = answer(read_recordings(table)[1], told=False)
    assert (said.reps, said.recognition.name) == (7, "biceps_curl")


def test_two_recordings_of_one_id_are_refused(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table.write_text(table.read_text().replace("made_2", "made_1"))
    assert main(["evaluate", str(table)]) == 2
    assert "two recordings have the id 'made_1'" in capsys.readouterr().err


def test_a_folder_of_recordings_is_evaluated(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(table.parent)]) == 0
    said = capsys.readouterr().out
    assert "by exercise" in said
    assert "by person" in said
    assert "made p2" in said


def test_an_apps_exports_are_evaluated_by_a_manifest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A still device holds no repetition; a log of nothing but a clock counts as no answer."""
    rows = [f"{number / 50},0.1,0.2,9.81" for number in range(500)]
    (tmp_path / "still.csv").write_text("\n".join(["time,ax,ay,az", *rows]))
    (tmp_path / "clock.csv").write_text("time,other\n0,1\n1,1\n")
    named = "path,exercise,reps,columns\nstill.csv,no_exercise,0,\nclock.csv,squat,3,\n"
    (tmp_path / "manifest.csv").write_text(named)
    assert main(["evaluate", str(tmp_path / "manifest.csv"), "--json"]) == 0
    told = capsys.readouterr()
    found = json.loads(told.out)
    assert (found["total"]["clips"], found["total"]["phantoms"]) == (2, 0)
    assert [Path(miss["path"]).name for miss in found["misses"]] == ["clock.csv"]
    assert "still.csv: " in told.err


def test_some_people_only(table: Path) -> None:
    assert holds_recordings(table)
    assert len({one.person for one in of_people(read_labelled(table), 1, "spotter")}) == 1


@pytest.mark.data
@needs_shared_data
def test_rest_counts_as_no_repetitions_and_what_nobody_counted_is_left_out() -> None:
    found = read_labelled(SHARED / "logs" / "exermote.csv")
    assert {one.label for one in found if one.reps is None} == {"rest"}
