"""Evaluation counts what is right the way the labels mean it, and says which lines it cannot read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.evaluate.clips import Answer, LabelledClip, evaluate, read_manifest, table
from pipeline.values import UNKNOWN, Candidate, Recognition

HEADER = "path,exercise,reps,reps_incl_edge_partials,view,rep_confidence\n"


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    rows = (
        "a.mp4,squat,4,5,side,high\nb.mp4,squat,2,2,front,medium\nc.mp4,plank,0,0,side,high\nd.mp4,squat,3,3,side,low\n"
    )
    path = tmp_path / "manifest.csv"
    path.write_text(HEADER + rows)
    return path


def answer(clip: LabelledClip) -> Answer:
    return {
        "a.mp4": Answer(5, Recognition("squat", 0.9)),
        "b.mp4": Answer(4, asked("lunge", "squat")),
        "c.mp4": Answer(3, asked("push_up", "sit_up", "crunch")),
    }[clip.path.name]


def asked(*names: str) -> Recognition:
    return Recognition(UNKNOWN, 0.5, tuple(Candidate(name, 0.5) for name in names))


def test_right_is_either_count_and_doubtful_labels_are_left_out(manifest: Path) -> None:
    result = evaluate(read_manifest(manifest), answer)
    assert result.total.clips == 3
    assert result.total.exact == pytest.approx(1 / 3)
    assert result.total.within_1 == pytest.approx(1 / 3)
    assert result.total.mean_error == pytest.approx((0 / 4 + 2 / 2) / 2)
    assert (result.total.phantoms, result.total.empty_clips) == (3, 1)
    naming = result.total.naming
    assert (naming.top_1, naming.top_3, naming.named, naming.named_right) == pytest.approx((1 / 3, 2 / 3, 1 / 3, 1))


def test_a_manifest_that_a_spreadsheet_saved_is_read(manifest: Path) -> None:
    plain = read_manifest(manifest)
    manifest.write_text(manifest.read_text(), encoding="utf-8-sig")  # it marks the file as UTF-8 at its beginning
    assert read_manifest(manifest) == plain


def test_groups_and_misses(manifest: Path) -> None:
    result = evaluate(read_manifest(manifest), answer)
    assert set(result.groups) == {"exercise", "view"}
    assert result.groups["exercise"]["squat"].exact == pytest.approx(0.5)
    assert [(Path(miss.path).name, miss.reps, miss.answered) for miss in result.misses] == [
        ("b.mp4", 2, 4),
        ("c.mp4", 0, 3),
    ]


def test_the_table_names_totals_groups_and_misses(manifest: Path) -> None:
    text = table(evaluate(read_manifest(manifest), answer))
    assert "33.3%" in text
    assert "by view" in text
    assert "b.mp4  squat  2  4" in text


def test_nothing_to_judge_is_no_error() -> None:
    assert "-" in table(evaluate([], answer))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x.mp4,squat,many,,side,high", "many"),
        ("x.mp4,squat,inf,,side,high", "whole number, got 'inf'"),
        ("x.mp4,squat,nan,,side,high", "whole number, got 'nan'"),
        (",squat,3,,side,high", "path"),
    ],
)
def test_an_unreadable_line_is_named(tmp_path: Path, row: str, said: str) -> None:
    path = tmp_path / "manifest.csv"
    path.write_text(f"{HEADER}{row}\n")
    with pytest.raises(ValueError, match=rf"line 2.*{said}"):
        read_manifest(path)
