"""Names as lifters write them under a clip, among weights and sets; what says more than a name names nothing."""

from __future__ import annotations

import pytest

from pipeline.catalogue import find
from pipeline.catalogue.shorthand import find_written


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        ("farmers walk 2x32kg", "farmers_carry"),
        ("curls 10kg", "biceps_curl"),
        ("incl db press 26s", "incline_bench_press"),
        ("DB RDL 3x10 @ 24s", "romanian_deadlift"),
        ("seated OHP smith 60", "shoulder_press"),
        ("leg ext 45kg drop set", "leg_extension"),
        ("leg extenstions 60kg", "leg_extension"),
        ("side plank L", "side_plank"),
        ("v ups 20", "v_up"),
        ("lat pull down 60", "lat_pulldown"),
        ("lat raises 10kg", "lateral_raise"),
        ("standing calves 60kg", "calf_raise"),
        ("flat bench 90 x 4 RPE 8", "bench_press"),
        ("mtn climbers 40s", "mountain_climber"),
        ("렛풀다운 50키로", "lat_pulldown"),
        ("빽스쿼트 80kg", "squat"),
        ("푸쉬업 30개", "push_up"),
        ("인클라인덤벨프레스 22kg 10회", "incline_bench_press"),
        ("덤벨 숄프 16키로씩", "shoulder_press"),
    ],
)
def test_a_name_among_weights_and_sets_is_found(caption: str, name: str) -> None:
    found = find_written(caption)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "caption",
    ["", "60kg", "last set today", "leg day", "not squats", "squat and bench", "my knee hurts", "nicer than yesterday",
     "squat " * 9, "오늘 첫 세트", "스쿼트 말고 런지"],
)  # fmt: skip
def test_what_says_more_or_less_than_a_name_names_nothing(caption: str) -> None:
    assert find_written(caption) is None


def test_korean_sounds_that_nobody_keeps_apart_are_one_name() -> None:
    assert find("랫 풀다운") is find("렛풀다운") is find("lat pulldown")
    assert find("벤치 프래스") is find("bench press")
