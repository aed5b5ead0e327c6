"""A report in a terminal: what a person reads after `spotter analyze` and `make demo`."""

from __future__ import annotations

import contextlib
import math
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TextIO

from bot.replies import clock, doubt_sentences, sureness, title
from pipeline.values import Rep, SetReport


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
    lines = [head, "─" * len(head), came, *_reps(report), *_tempo(report)]
    lines += [f"→ {finding.cue}  ({finding.source})" for finding in report.findings[:1]]
    lines += [f"· {sentence}" for sentence in doubt_sentences(report.caveats, "en")]
    return "\n".join(lines)


def _reps(report: SetReport) -> list[str]:
    if not report.reps:
        return []
    return ["", " rep    start  lowering  pause  lifting   rest   range", *map(_row, report.reps), ""]


def _row(rep: Rep) -> str:
    seconds = (rep.eccentric_s, rep.pause_s, rep.concentric_s, rep.rest_s)
    cells = [
        f"{'–' if math.isnan(value) else f'{value:.2f}':>{width}}"
        for value, width in zip(seconds, (10, 7, 9, 7), strict=True)
    ]
    reach = "–" if math.isnan(rep.range_deg) else f"{rep.range_deg:.0f}°"
    return f"{rep.number:>4}{rep.start_s:>8.2f}s{''.join(cells)}{reach:>8}{'' if rep.complete else '  partial'}"


def _tempo(report: SetReport) -> list[str]:
    if report.tempo is None:
        return []
    return [f"Tempo {report.tempo} s, time under tension {report.tempo.time_under_tension_s:.0f} s"]
