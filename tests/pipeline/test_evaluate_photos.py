"""Photos are scored by names, groups and what was said as sure; labels may be poses or exercises."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.evaluate.photos import (
    LabelledPhoto,
    PhotoAnswer,
    PhotoMiss,
    evaluate_photos,
    holds_photos,
    photo_table,
    read_photos,
)
from pipeline.photo.answer import group_of, large_group_of
from pipeline.values import Candidate


def answer(*names: str, sure: bool = False) -> PhotoAnswer:
    ranked = tuple(Candidate(name, 0.9 - 0.2 * place) for place, name in enumerate(names))
    groups = (Candidate(group_of(names[0]), 0.9),), (Candidate(large_group_of(names[0]), 0.9),)
    return PhotoAnswer(ranked, *groups, said=names[0] if sure else "unknown", level="name" if sure else "unknown")


SAID = {
    "a.jpg": answer("warrior_2_pose", "tree_pose", sure=True),
    "b.jpg": answer("warrior_1_pose", "squat", "lunge", "warrior_2_pose"),
    "c.jpg": answer("squat", sure=True),
    "d.jpg": PhotoAnswer(),
    "e.jpg": answer("squat", sure=True),
}


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    path = tmp_path / "photos.csv"
    path.write_text(
        "path,exercise,source\na.jpg,Warrior II,x\nb.jpg,Virabhadrasana II,x\n"
        "c.jpg,squat,y\nd.jpg,dolphin_plank_pose,y\ne.jpg,no_exercise,y\n"
    )
    return path


def said(photo: LabelledPhoto) -> PhotoAnswer:
    return SAID[photo.path.name]


def test_names_groups_and_what_was_said_are_counted(manifest: Path) -> None:
    found = evaluate_photos(read_photos(manifest), said)
    total = found.total
    assert (total.photos, total.idle, total.false_names) == (5, 1, 1)
    assert (total.top_1, total.top_3, total.top_5) == (0.5, 0.5, 0.75)
    assert (total.group, total.large_group, total.unanswered) == (0.5, 0.75, 0.25)
    assert (total.named, total.named_right) == (0.5, 1.0)
    assert set(found.groups) == {"exercise", "source"}
    assert found.groups["source"]["x"].top_1 == 0.5
    assert found.confusions["warrior_2_pose"] == {"warrior_2_pose": 1, "warrior_1_pose": 1}
    assert [(Path(miss.path).name, miss.name, miss.likeliest, miss.sure) for miss in found.misses] == [
        ("b.jpg", "warrior_2_pose", "warrior_1_pose", False),
        ("d.jpg", "plank", "unknown", False),
    ]


def test_a_wrong_name_that_was_said_as_sure_is_marked() -> None:
    found = evaluate_photos([LabelledPhoto(Path("c.jpg"), "lunge")], said)
    assert found.total.named_right == 0.0
    assert found.misses == (PhotoMiss("c.jpg", "lunge", "squat", sure=True),)
    assert photo_table(found).endswith("c.jpg  lunge  squat *")


def test_a_manifest_of_photos_alone_is_told_by_its_names(manifest: Path) -> None:
    assert holds_photos(manifest)
    manifest.write_text("path,exercise,reps\na.jpg,squat,\nb.mp4,squat,3\n")
    assert not holds_photos(manifest)
    manifest.write_text("path,exercise\n")
    assert not holds_photos(manifest)


@pytest.mark.parametrize(("row", "wrong"), [("a.jpg,levitation", "levitation"), ("a.jpg,", "no exercise")])
def test_an_unreadable_line_is_named(manifest: Path, row: str, wrong: str) -> None:
    manifest.write_text(f"path,exercise\n{row}\n")
    with pytest.raises(ValueError, match=rf"line 2.*{wrong}"):
        read_photos(manifest)
