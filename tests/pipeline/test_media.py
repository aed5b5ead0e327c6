from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.errors import (
    AnalysisError,
    AxesUnsure,
    NoFrames,
    NoPictureInside,
    NotALog,
    NotAPicture,
    NotAVideo,
    NoVideoInside,
    TooLong,
)
from pipeline.media import HEAD_BYTES, in_the_words_of, is_heic, kind_of, kind_of_bytes
from pipeline.values import SourceKind

HEADS: dict[str, tuple[bytes, SourceKind]] = {
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "photo"),
    "png": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "photo"),
    "webp": (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "photo"),
    "heic": (b"\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1heic", "photo"),
    "mp4": (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "clip"),
    "mov": (b"\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00", "clip"),
    "webm": (b"\x1aE\xdf\xa3\x01\x00\x00\x00", "clip"),
    "avi": (b"RIFF\x24\x00\x00\x00AVI LIST", "clip"),
    "gif": (b"GIF89a\x10\x00\x10\x00", "clip"),
    "empty": (b"", "clip"),
    "bmp": (b"BM6\x00\x0c\x00\x00\x00\x00\x006\x00\x00\x00", "photo"),
    "bmi160": (b"BMI160_ax,BMI160_ay,BMI160_az\n0.1,0.2,9.8\n", "log"),
    "csv": (b"time,x,y,z\r\n0,1,2,3\r\n", "log"),
    "latin-1": ("Zeit;Beschleunigung x (m/s²)\n".encode("latin-1"), "log"),
    "utf-16": ("time,x\n".encode("utf-16"), "log"),
    "json": (b'[{"sensor": "Accelerometer"}]', "log"),
    "tcx": (b'<?xml version="1.0"?>\n<TrainingCenterDatabase>', "log"),
    "fit": (b"\x0e\x20\x8b\x08\x10\x00\x00\x00.FIT\x00\x00", "log"),
    "zip": (b"PK\x03\x04\x14\x00", "log"),
    "tar": (b"acc.csv" + bytes(250) + b"ustar\x0000", "log"),
    "bzip2": (b"BZh91AY&SY\x00", "log"),
    "sqlite": (b"SQLite format 3\x00\x10\x00", "log"),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_file_is_told_by_its_first_bytes(tmp_path: Path, name: str) -> None:
    head, kind = HEADS[name]
    (tmp_path / "misnamed.bin").write_bytes(head)
    assert kind_of(tmp_path / "misnamed.bin") == kind


@pytest.mark.parametrize(("pictures", "kind"), [(1, "photo"), (2, "clip")])
def test_a_gif_of_one_picture_is_a_photo(tmp_path: Path, pictures: int, kind: SourceKind) -> None:
    first, *others = [Image.new("RGB", (32, 32), (90 * number, 40, 40)) for number in range(pictures)]
    first.save(tmp_path / "pose.gif", save_all=True, append_images=others)
    assert kind_of(tmp_path / "pose.gif") == kind


def test_only_the_pictures_of_a_phone_are_heic() -> None:
    assert [name for name, (head, _) in HEADS.items() if is_heic(head)] == ["heic"]


@given(st.binary(max_size=HEAD_BYTES))
def test_any_bytes_are_of_some_kind(head: bytes) -> None:
    assert kind_of_bytes(head) in ("clip", "photo", "log")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=200))
def test_whatever_a_person_can_read_is_tried_as_a_log(text: str) -> None:
    assert kind_of_bytes(("t," + text).encode()) == "log"


@pytest.mark.parametrize(
    ("name", "error", "told"),
    [
        ("pose.jpg", NotALog(), NoPictureInside),
        ("set.MOV", NotALog(), NoVideoInside),
        ("pose.png", NotAVideo(), NotAPicture),
        ("pose.png", NoFrames(), NotAPicture),
        ("watch.csv", NotAVideo(), NotALog),
        ("watch.csv", NotALog(), NotALog),
        ("watch.csv.gz", NotAVideo(), NotALog),
        ("export.xml", NotAVideo(), NotALog),
        ("watch", NotALog(), NotALog),
        ("set.mp4", NotAVideo(), NotAVideo),
        ("pose.jpg", AxesUnsure(choices="a b", labels="a|b"), AxesUnsure),
        ("pose.jpg", TooLong(duration_s=400.0, limit_s=300.0), TooLong),
    ],
)
def test_a_refusal_speaks_of_what_the_sender_thinks_it_is(
    name: str, error: AnalysisError, told: type[AnalysisError]
) -> None:
    assert type(in_the_words_of(name, error)) is told
