"""A report in a terminal: what a person reads after `spotter analyze` and `make demo`."""

from __future__ import annotations

import contextlib
import math
import os
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from bot.words.captions import beside_title, reps_a_minute, tempo_parts, title
from bot.words.names import pose_name, sureness
from bot.words.replies import clock, doubt_sentences
from pipeline.sensors.channels import GRAVITY_M_S2
from pipeline.values import PHASE_OFF_S, Rep, SetReport, in_halves, times_are_unsure

TELLING_LOSS = 0.2  # share of the speed; the smallest stop that was studied (Pareja-Blanco 2017)


def _seconds(value: float, rough: bool) -> str:
    """In tenths; rough ones in halves, as the tempo has them."""
    if math.isnan(value):
        return "–"
    half = in_halves(value)
    return f"{value:.1f}" if not rough else f"~{half:.1f}" if half else "<0.5"


@dataclass(frozen=True, slots=True)
class _Column:
    """What is written of each rep; a column in which nothing is known is left out."""

    head: str
    width: int
    written: Callable[[Rep, bool], str]  # of a repetition, whether its times are rough


def _length(rep: Rep, rough: bool) -> str:
    return "" if math.isfinite(rep.eccentric_s + rep.concentric_s) else _seconds(rep.duration_s, rough)


def _speed(rep: Rep, rough: bool) -> str:
    return "" if rough or math.isnan(rep.mean_speed_deg_s) else f"{rep.mean_speed_deg_s:.0f} °/s"


_COLUMNS = (
    _Column("length", 9, _length),
    _Column("lowering", 10, lambda rep, rough: _seconds(rep.eccentric_s, rough)),
    _Column("pause", 7, lambda rep, rough: _seconds(rep.pause_s, rough)),
    _Column("lifting", 9, lambda rep, rough: _seconds(rep.concentric_s, rough)),
    _Column("rest", 7, lambda rep, rough: _seconds(rep.rest_s, rough)),
    _Column("range", 8, lambda rep, _: "–" if math.isnan(rep.range_deg) else f"{rep.range_deg:.0f}°"),
    _Column("lifting at", 12, _speed),
    _Column("way", 8, lambda rep, _: "" if math.isnan(rep.range_m) else f"{rep.range_m:.2f} m"),
)


def recording_text(reports: Sequence[SetReport]) -> str:
    """All sets of a recording, one under the other."""
    if len(reports) == 1:
        return report_text(reports[0])
    count = len(reports)
    heads = (_heading(number, count, report) for number, report in enumerate(reports, start=1))
    return "\n\n".join(f"{head}\n{report_text(report)}" for head, report in zip(heads, reports, strict=True))


def _heading(number: int, count: int, report: SetReport) -> str:
    where = f", {clock(report.span_s[0])} to {clock(report.span_s[1])}" if report.span_s else ""
    return f"Set {number} of {count}{where}"


@contextlib.contextmanager
def without_native_logs() -> Iterator[None]:
    """Inside, what C++ libraries write to file descriptor 2 (MediaPipe, FFmpeg) goes nowhere; Python's own words show.

    They log before their first setting is read, so there is no other way to keep them quiet.
    """
    kept, python = os.dup(2), sys.stderr
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with os.fdopen(kept, "w", buffering=1) as own:
        sys.stderr.flush()
        sys.stderr = own if _is_native(python) else python
        os.dup2(nowhere, 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(nowhere)
            sys.stderr = python


def _is_native(stream: TextIO) -> bool:
    """Whether the stream writes to file descriptor 2 itself; a test's does not."""
    try:
        return stream.fileno() == 2
    except (OSError, ValueError):
        return False


def report_text(report: SetReport) -> str:
    """The report in lines: what and how often, a row for each rep, the tempo, the cue, the doubts."""
    sure = "as you said" if report.recognition.given else f"{sureness(report.recognition)}% sure"
    head = title(report, "en") + (f"  ({sure})" if report.recognition.known else "")
    source, timing = report.source, report.timing
    came = (
        f"{source.path}, {source.duration_s:.1f} s at {source.frame_rate_hz:.0f} Hz; analysed in {timing.total_s:.1f} s"
    )
    lines = [head, "─" * len(head), came, *_reps(report), *_tempo(report), *_poses(report), *_hold(report)]
    lines += [f"→ {finding.cue}  ({finding.source})" for finding in report.findings[:1]]
    lines += [f"· {sentence}" for sentence in doubt_sentences(beside_title(report), "en")]
    return "\n".join(lines)


def _reps(report: SetReport) -> list[str]:
    if not any(rep.seen for rep in report.reps):
        return []
    if report.is_round:
        return ["", "   #     time   peak", *map(_blow, report.reps), ""]
    rough = times_are_unsure(report.caveats)
    shown = [column for column in _COLUMNS if any(column.written(rep, rough) not in ("", "–") for rep in report.reps)]
    head = "".join(f"{column.head:>{column.width}}" for column in shown)
    return ["", " rep   start" + head, *(_row(rep, shown, rough) for rep in report.reps), ""]


def _blow(rep: Rep) -> str:
    return f"{rep.number:>4}{rep.turn_s:>8.2f}s{rep.peak_m_s2 / GRAVITY_M_S2:>5.1f} g"


def _row(rep: Rep, shown: Sequence[_Column], rough: bool) -> str:
    cells = "".join(f"{column.written(rep, rough):>{column.width}}" for column in shown)
    return f"{rep.number:>4}{rep.start_s:>7.1f}s{cells}{'' if rep.complete else '  partial'}"


def _tempo(report: SetReport) -> list[str]:
    if (rate := reps_a_minute(report)) is not None:
        return [f"{rate:.0f} a minute"]
    if report.tempo is None:
        return []
    rough = times_are_unsure(report.caveats)
    tempo = report.tempo.to_halves() if rough else report.tempo
    nameless = math.isnan(tempo.eccentric_s) and math.isnan(tempo.concentric_s)
    if nameless or (rough and not min(tempo.eccentric_s, tempo.concentric_s)):  # too rough for one of its ways
        return [f"{_seconds(statistics.median(rep.duration_s for rep in report.reps), rough)} s a rep"]
    parts = tempo_parts(tempo, report)
    told = "about " * rough + "-".join(f"{seconds:.1f}" for _, seconds in parts)
    order = " – ".join(name for name, _ in parts)
    return [f"Tempo {told} s ({order}), time under tension {tempo.time_under_tension_s:.0f} s", *_slowing(report)]


def _slowing(report: SetReport) -> list[str]:
    """Said from a fifth on, and where the last lift took longer than the quickest by more than one may be mistimed."""
    loss = report.tempo.velocity_loss if report.tempo else math.nan
    lifts_s = [rep.concentric_s for rep in report.reps if rep.complete]
    told = loss >= TELLING_LOSS and lifts_s[-1] - min(lifts_s) >= PHASE_OFF_S
    return [f"The last lift was {loss:.0%} slower than the fastest"] if told else []


def _poses(report: SetReport) -> list[str]:
    named = ((f"{pose.start_s:>7.1f} to {pose.end_s:.1f} s", pose_name(pose.name, "en")) for pose in report.poses)
    return [f"{when}  {name}" for when, name in named]


def _hold(report: SetReport) -> list[str]:
    return [] if report.sway_m is None else [f"Held steady within {100 * report.sway_m:.1f} cm"]
