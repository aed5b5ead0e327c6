"""Texts fit their place, and nothing of them is lost before an ellipsis says so."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.chart.fonts import width_px
from pipeline.chart.typeset import ELLIPSIS, cut, cut_short, fit, shorten, wrap

SIZE_PX = 31.0
texts = st.text(st.sampled_from("abWi $_<é 0.…"), max_size=60)
rooms = st.floats(60.0, 900.0)


@given(texts, rooms)
def test_wrapped_lines_fit_and_lose_nothing(text: str, room_px: float) -> None:
    lines = wrap(text, SIZE_PX, room_px)
    assert all(width_px(line, SIZE_PX) <= room_px for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(texts, rooms)
def test_what_is_shortened_fits_and_is_a_beginning(text: str, room_px: float) -> None:
    short = shorten(text, SIZE_PX, room_px)
    assert width_px(short, SIZE_PX) <= room_px
    assert short == text or (short.endswith(ELLIPSIS) and text.startswith(short[:-1]))


@given(texts, rooms, st.integers(1, 3))
def test_a_fitted_text_keeps_to_its_lines(text: str, room_px: float, most: int) -> None:
    fitted = fit(text, (60.0, 45.0, SIZE_PX), room_px, most)
    assert len(fitted.lines) <= most
    assert all(width_px(line, fitted.size_px) <= room_px for line in fitted.lines)


def test_the_largest_size_that_fits_is_taken() -> None:
    assert fit("Squat", (60.0, 31.0), 900.0).size_px == 60.0
    assert fit("Squat", (60.0, 31.0), 120.0).size_px == 31.0


def test_lines_that_are_left_out_leave_an_ellipsis() -> None:
    lines = ("one", "two", "three")
    assert cut(lines, 3, SIZE_PX, 500.0) == lines
    assert cut(lines, 2, SIZE_PX, 500.0)[0] == "one"
    assert cut(lines, 2, SIZE_PX, 60.0)[1].endswith(ELLIPSIS)
    assert cut_short("That is rough.", SIZE_PX, 500.0) == f"That is rough{ELLIPSIS}"
