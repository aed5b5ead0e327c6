"""A chart is drawn for every way a set can look, in its size, without a warning, the same each time."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import replace

import matplotlib.font_manager
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from pipeline.chart import ChartWords, can_draw, draw_chart, english_words, fonts
from pipeline.chart.canvas import Box, Canvas
from pipeline.chart.curve_panel import gutter_px, heading_size, values_told
from pipeline.chart.fonts import width_px
from pipeline.chart.page import HEIGHT, MARGIN, MOST_DOUBT_LINES, TITLE_SIZES, WIDTH, small_print
from pipeline.chart.palette import DARK, LIGHT, Palette
from pipeline.chart.pen import HEADING, SMALL, Pen
from pipeline.chart.pose_panel import MOST_ROWS, NARROWEST_BAR, draw_poses
from pipeline.spans import Part
from pipeline.values import Caveat, Doubt, HeldPose, SetReport
from tests.pipeline import reports

PHONE_WIDTH_PX = 390
LEAST_TEXT_PX = 11.0
MOST_BYTES = 200_000
LEAST_CONTRAST = 4.5  # WCAG 2.1, 1.4.3
MOST_CPU_S = 2.0  # 0.3 here; other machines have slower cores, and other test processes beside them


def words_of(report: SetReport, title_name: str = "Squat", doubts: tuple[str, ...] = ()) -> ChartWords:
    return english_words(report, title_name, doubts)


def pixels(png: bytes) -> npt.NDArray[np.uint8]:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def rgb(color: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(color[1:])
    return red, green, blue


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (x / 255 for x in rgb(color))]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", reports.ALL)
def test_every_kind_of_set_is_drawn(name: str, dark: bool) -> None:
    report = reports.ALL[name]
    png = draw_chart(report, words_of(report, doubts=("Filmed from the front: depth not judged.",)), dark=dark)
    assert Image.open(io.BytesIO(png)).size == (WIDTH, HEIGHT) == (1080, 1350)
    assert len(png) < MOST_BYTES
    assert tuple(pixels(png)[2, 2]) == rgb((DARK if dark else LIGHT).paper)


def test_where_nothing_was_measured_no_scale_of_values_is_drawn() -> None:
    curve = reports.NOTHING_SEEN.curve
    percent, degrees = (replace(reports.NOTHING_SEEN, curve=replace(curve, unit=unit)) for unit in ("%", "deg"))
    words = words_of(percent)
    assert draw_chart(percent, words) == draw_chart(degrees, words)


@pytest.mark.parametrize("unit", ["%", "deg", "m/s²", "g"])
def test_the_values_beside_a_curve_have_room(unit: str) -> None:
    range_ = (-12.0, 110.0)
    widest = max(width_px(text, SMALL) for text in values_told(unit, range_).values())
    assert gutter_px(unit, range_) >= widest
    assert gutter_px("", range_) == 0


def test_the_same_set_gives_the_same_bytes() -> None:
    report = reports.PARTIAL_SQUATS
    assert draw_chart(report, words_of(report)) == draw_chart(report, words_of(report))


def test_another_set_gives_another_picture() -> None:
    words = words_of(reports.FIVE_SQUATS)
    slower = replace(reports.FIVE_SQUATS.reps[4], eccentric_s=1.2)
    changed = replace(reports.FIVE_SQUATS, reps=(*reports.FIVE_SQUATS.reps[:4], slower))
    assert draw_chart(reports.FIVE_SQUATS, words) != draw_chart(changed, words)


@pytest.mark.parametrize(("report", "shown"), [(reports.FIVE_SQUATS, True), (reports.UNKNOWN_SET, False)])
def test_phase_colours_stand_only_where_the_phases_have_names(report: SetReport, shown: bool) -> None:
    picture = pixels(draw_chart(report, words_of(report)))
    for color in (LIGHT.eccentric, LIGHT.concentric):
        assert bool((picture == rgb(color)).all(axis=2).sum() > 5000) is shown


def twice(report: SetReport) -> SetReport:
    """The single repetition of the report, and the same again."""
    (rep,) = report.reps
    later = {name: getattr(rep, name) + rep.duration_s for name in ("start_s", "turn_s", "end_s")}
    return replace(report, reps=(rep, replace(rep, number=2, **later)))


def test_bars_are_as_high_as_their_seconds() -> None:
    squats = twice(reports.ONE_SQUAT)
    picture = pixels(draw_chart(squats, words_of(squats)))
    column = picture[HEIGHT // 2 :, 70]
    lowering = int((column == rgb(LIGHT.eccentric)).all(axis=1).sum())
    lifting = int((column == rgb(LIGHT.concentric)).all(axis=1).sum())
    assert lowering / lifting == pytest.approx(1.8 / 1.1, rel=0.04)  # a gap of 3 px and the rounded corners


def test_one_repetition_has_its_seconds_written_once_and_the_curve_all_the_room() -> None:
    one, two = reports.ONE_SQUAT, twice(reports.ONE_SQUAT)
    assert draw_chart(one, words_of(one)) == draw_chart(one, replace(words_of(one), bars="not written"))
    assert draw_chart(two, words_of(two)) != draw_chart(two, replace(words_of(two), bars="written"))


def test_bars_of_rough_times_carry_no_numbers() -> None:
    sure = replace(twice(reports.ONE_SQUAT), caveats=())
    rough = replace(sure, caveats=(Caveat(Doubt.TIMES_UNSURE),))
    bars = [pixels(draw_chart(report, words_of(sure)))[HEIGHT // 2 :] for report in (sure, rough)]
    written, bare = (int((picture == rgb(LIGHT.on(Part.ECCENTRIC))).all(axis=2).sum()) for picture in bars)
    assert written > 50 > bare


@pytest.mark.parametrize("text", [r"$\frac{1}{0}$ _x_ <b>&amp; {%} \n", "a\nb\tc", "$", "$$", r"\alpha", "^2_3"])
def test_odd_characters_are_drawn_letter_for_letter(text: str) -> None:
    report = reports.NO_REPS
    words = replace(words_of(report, text, (text,)), subtitle=text, curve=text, no_reps=text, footnote=text)
    plain = replace(words_of(report, "x", ("x",)), subtitle="x", curve="x", no_reps="x", footnote="x")
    assert draw_chart(report, words) != draw_chart(report, plain)


@pytest.mark.parametrize(
    "title",
    ["", "A" * 300, "One arm dumbbell Bulgarian split squat with the front foot raised " * 3, "스쿼트 5회", "🏋️ squat"],
)
def test_any_title_is_drawn_without_a_warning(title: str) -> None:
    report = reports.TWELVE_SQUATS
    words = replace(words_of(report), title=title, lowering="w" * 40, tension="w" * 40, bars="w" * 90, partial="w" * 90)
    assert len(draw_chart(report, words)) > 10_000


@pytest.mark.parametrize("title", ["$x_1$", r"$\alpha$ & <b>", "2^3_4 {%}"])
def test_a_title_is_as_wide_as_its_letters(title: str) -> None:
    picture = pixels(draw_chart(reports.NO_REPS, replace(words_of(reports.NO_REPS), title=title)))
    written = np.flatnonzero((picture[60:150] != rgb(LIGHT.paper)).any(axis=(0, 2)))
    # 20 px: the empty room beside a first and a last letter; a dollar sign is 53 px wide
    assert written[-1] - written[0] == pytest.approx(width_px(title, TITLE_SIZES[0], True), abs=20)


def test_a_set_that_was_counted_and_not_timed_says_so_where_the_figures_would_stand() -> None:
    words = words_of(reports.COUNTED_ONLY)
    drawn = draw_chart(reports.COUNTED_ONLY, words)
    assert draw_chart(reports.COUNTED_ONLY, replace(words, untimed="other")) != drawn
    assert draw_chart(reports.COUNTED_ONLY, replace(words, no_reps="other")) == drawn


def test_doubts_are_wrapped_and_the_last_line_says_when_more_is_left_out() -> None:
    few = small_print(("The camera stood in front: depth is not judged, so film from the side next time.", "Dark."))
    assert [begins for begins, _ in few] == [True, False, True]
    many = small_print(("word " * 60,) * 3)
    assert len(many) == MOST_DOUBT_LINES
    assert many[-1][1].endswith("…")


def test_small_print_that_is_cut_short_says_nothing_twice() -> None:
    doubts = ("I lost sight of you.", *(f"Doubt number {number} of all." for number in range(1, 9)))
    lines = [line for _, line in small_print(doubts)]
    assert lines[:-1] == list(doubts[: MOST_DOUBT_LINES - 1])
    assert lines[-1] == doubts[MOST_DOUBT_LINES - 1].removesuffix(".") + "…"


def test_a_hangul_font_that_was_installed_since_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    manager = matplotlib.font_manager.fontManager
    serif = next(font for font in manager.ttflist if font.name == "DejaVu Serif")
    monkeypatch.setattr(manager, "ttflist", [font for font in manager.ttflist if font.name == fonts.LATIN_FAMILY])
    monkeypatch.setattr(fonts, "HANGUL_FAMILIES", ("DejaVu Serif",))
    monkeypatch.setattr(fonts, "findSystemFonts", lambda: [serif.fname, __file__])
    assert fonts._families.__wrapped__() == (fonts.LATIN_FAMILY, "DejaVu Serif")


def test_can_draw_knows_what_the_fonts_hold() -> None:
    assert can_draw("Squat · 5 reps – 12°, ±2 “so”…")
    assert can_draw("")
    assert not can_draw("\U0010fffd")


def test_the_smallest_writing_is_legible_on_a_phone() -> None:
    assert SMALL * PHONE_WIDTH_PX / WIDTH >= LEAST_TEXT_PX


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_writing_stands_out_from_what_it_is_written_on(palette: Palette) -> None:
    pairs = [
        (palette.ink, palette.paper),
        (palette.muted, palette.paper),
        (palette.on_eccentric, palette.eccentric),
        (palette.on_concentric, palette.concentric),
        (palette.on_out, palette.out),
        (palette.on_back, palette.back),
        (palette.ink, palette.pause),
    ]
    assert {pair: contrast(*pair) for pair in pairs if contrast(*pair) < LEAST_CONTRAST} == {}


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_two_phases_are_told_apart_in_grey(palette: Palette) -> None:
    assert contrast(palette.eccentric, palette.concentric) >= 1.9
    assert contrast(palette.out, palette.back) >= 1.9


def cpu_s(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


@pytest.mark.slow
def test_a_chart_costs_less_than_a_moment() -> None:
    report, words = reports.TWELVE_SQUATS, words_of(reports.TWELVE_SQUATS)
    assert min(cpu_s(lambda: draw_chart(report, words)) for _ in range(4)) <= MOST_CPU_S  # the machine has other work


def test_each_pose_has_its_line_filled_while_it_was_held() -> None:
    blue = (pixels(draw_chart(reports.FLOW, words_of(reports.FLOW))) == rgb(LIGHT.eccentric)).all(axis=2)
    rows = np.flatnonzero(blue.any(axis=1))
    lines = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    held = [np.flatnonzero(blue[line].any(axis=0))[[0, -1]] for line in lines]
    window_s = reports.FLOW.curve.times_s[-1]
    ends_s = [(ends - MARGIN) / (WIDTH - 2 * MARGIN) * window_s for ends in held]
    expected = [(pose.start_s, pose.end_s) for pose in reports.FLOW.poses]
    assert np.abs(np.array(ends_s) - expected).max() < 0.3  # of 48 s: six pixels


def test_a_long_flow_shows_its_first_poses_and_says_how_many_more() -> None:
    many = replace(reports.FLOW, poses=reports.FLOW.poses * 4)
    blue = (pixels(draw_chart(many, words_of(many))) == rgb(LIGHT.eccentric)).all(axis=2).any(axis=1)
    assert np.count_nonzero(np.diff(blue.astype(int)) == 1) == MOST_ROWS < len(many.poses)


@pytest.mark.parametrize("start_s", [0.0, 100.0, 299.95])
def test_a_pose_held_for_a_moment_is_still_seen_in_its_row(start_s: float, monkeypatch: pytest.MonkeyPatch) -> None:
    filled: list[Box] = []

    def drawn(_: Canvas, box: Box, color: str, **__: float) -> None:
        filled.extend([box] if color == LIGHT.eccentric else [])

    monkeypatch.setattr(Canvas, "rectangle", drawn)
    pose = HeldPose("plank_pose", start_s, start_s + 0.05, 0.9, 0.02)
    place = Box(40, 0, 1040, 400)
    draw_poses(Pen(Canvas(1080, 400, "none"), LIGHT), [pose], words_of(reports.FLOW), (0.0, 300.0), place)
    (bar,) = filled
    assert bar.width == pytest.approx(NARROWEST_BAR)
    assert place.left <= bar.left
    assert bar.right <= place.right


@pytest.mark.parametrize(("room", "size"), [(2.0, HEADING), (0.95, 0.95 * HEADING), (0.1, SMALL)])
def test_a_heading_shrinks_beside_a_legend_to_the_smallest_size_there_is(room: float, size: float) -> None:
    text = "Movement (100 % = a usual rep)"
    assert heading_size(text, room * width_px(text, HEADING, True)) == pytest.approx(size)
