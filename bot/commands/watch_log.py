"""spotter watch-log: name and count what a sensor records while it is recorded, from a pipe or from a file."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from pipeline.live_log import Event
    from pipeline.motion.lines import Sample


def add(commands: Any) -> None:
    """The command and its options."""
    command = commands.add_parser(
        "watch-log",
        help="name and count a live stream of sensor samples as it comes",
        description=__doc__,
        epilog="A line is seconds,x,y,z in m/s², or seconds,x,y,z,rx,ry,rz with rotation in rad/s; a head is skipped. "
        "A name is printed where another thing is done than before, a number as repetitions finish, and after a few "
        "seconds of rest the whole set, as a file of it would be answered.",
    )
    command.add_argument("file", metavar="-|FILE", help="- for a pipe, or a file, played at its own speed")
    command.add_argument("--fast", action="store_true", help="play a file as fast as can be")
    command.set_defaults(call=call)


def call(given: argparse.Namespace) -> int:
    """Lines are printed for what `lines_of` tells; the exit status is 2 for what is no sample, or another unit's."""
    try:
        with _opened(given.file) as lines:
            _watch(lines, paced=given.file != "-" and not given.fast, at_once=given.file != "-" and given.fast)
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def lines_of(event: Event) -> list[str]:
    """Time, and the name and sureness of what is done, the number so far, or a set that is over and its doubt."""
    from pipeline.live_log import SoFar
    from pipeline.motion.stream import Decision
    from pipeline.values import Doubt

    if isinstance(event, Decision):
        said = event.recognition
        return [f"{event.time_s:9.2f} s  {said.name:24} {said.confidence:4.0%}"] if event.changed else []
    if isinstance(event, SoFar):
        return [f"{event.time_s:9.2f} s  {event.reps:4}"]
    report = event.report
    begins_s, ends_s = report.span_s or (0.0, 0.0)
    other = next((found.facts["runner_up"] for found in report.caveats if found.doubt == Doubt.COUNT_UNSURE), None)
    or_other = "" if other is None else f" or {other}"
    return [f"{ends_s:9.2f} s  = {report.rep_count}{or_other} {report.recognition.name} since {begins_s:.1f} s"]


def _watch(lines: TextIO, *, paced: bool, at_once: bool) -> None:
    """Sets are answered in a thread of their own, so that no name waits for one; `at_once` in place."""
    from pipeline.live_log import LiveLog
    from pipeline.motion.lines import samples

    with ThreadPoolExecutor(1) as thread:
        live = LiveLog(beside=None if at_once else thread)
        for sample in _paced(samples(lines)) if paced else samples(lines):
            _tell(live.add(sample.times_s, sample.acceleration_m_s2, sample.rotation_rad_s))
        _tell(live.end())


def _tell(events: Iterable[Event]) -> None:
    for event in events:
        for line in lines_of(event):
            print(line, flush=True)


def _paced(taken: Iterator[Sample]) -> Iterator[Sample]:
    """Each sample when its time has come, the first at once."""
    begun_s, first_s = time.monotonic(), None
    for sample in taken:
        first_s = float(sample.times_s[0]) if first_s is None else first_s
        wait_s = sample.times_s[0] - first_s - (time.monotonic() - begun_s)
        if wait_s > 0:
            time.sleep(wait_s)
        yield sample


def _opened(name: str) -> AbstractContextManager[TextIO]:
    return nullcontext(sys.stdin) if name == "-" else Path(name).open(encoding="utf-8")
