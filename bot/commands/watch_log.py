"""spotter watch-log: name what a sensor records while it is recorded, from a pipe or from a file."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from pipeline.motion.lines import Sample
    from pipeline.motion.stream import Decision


def add(commands: Any) -> None:
    """The command and its options."""
    command = commands.add_parser(
        "watch-log",
        help="name a live stream of sensor samples as it comes",
        description=__doc__,
        epilog="A line is seconds,x,y,z in m/s², or seconds,x,y,z,rx,ry,rz with rotation in rad/s; a head is skipped.",
    )
    command.add_argument("file", metavar="-|FILE", help="- for a pipe, or a file, played at its own speed")
    command.add_argument("--fast", action="store_true", help="play a file as fast as can be")
    command.set_defaults(call=call)


def call(given: argparse.Namespace) -> int:
    """Lines are printed for changes of what is done and for punches; the exit status is 2 for what is no sample."""
    try:
        with _opened(given.file) as lines:
            _watch(lines, in_time=given.file != "-" and not given.fast)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def lines_of(decision: Decision) -> list[str]:
    """Time, name and sureness where another thing is done than before, and every punch."""
    said = decision.recognition
    named = [f"{decision.time_s:9.2f} s  {said.name:24} {said.confidence:4.0%}"] if decision.changed else []
    return named + [f"{at_s:9.2f} s  * {said.name}" for at_s in decision.punches_s]


def _watch(lines: TextIO, *, in_time: bool) -> None:
    from pipeline.motion.lines import samples
    from pipeline.motion.stream import LiveRecognizer

    live = LiveRecognizer()
    for sample in _paced(samples(lines)) if in_time else samples(lines):
        for decision in live.add(sample.times_s, sample.acceleration_m_s2, sample.rotation_rad_s):
            for line in lines_of(decision):
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
