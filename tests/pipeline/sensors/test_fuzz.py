"""Files damaged in every way: a log whose numbers are still true, or a refusal; nothing else comes out of the reader.

A longer run over the real samples is measured by hand; this one keeps the suite honest in seconds.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import AnalysisError
from pipeline.sensors import read_log
from pipeline.values import MotionLog
from tests.pipeline.sensors.exports import EXPORTS, curl

CASES = 20  # of each damage; each takes about 10 ms
G_LIKE = (0.7, 1.4)  # of the true size of acceleration: what a wrong unit or a mixed-up column would leave

Damage = Callable[[bytes, int, int], bytes]


def cut(data: bytes, at: int, size: int) -> bytes:
    return data[: at % (len(data) + 1)]


def hole(data: bytes, at: int, size: int) -> bytes:
    at %= len(data)
    return data[:at] + data[at + size % 3000 :]


def doubled(data: bytes, at: int, size: int) -> bytes:
    at %= len(data)
    return data[: at + size % 3000] + data[at:]


def flipped(data: bytes, at: int, size: int) -> bytes:
    changed = bytearray(data)
    for step in range(1 + size % 5):
        changed[(at * (step + 1)) % len(data)] = (at >> step) % 256
    return bytes(changed)


def thinned(data: bytes, at: int, size: int) -> bytes:
    head, *lines = data.split(b"\n")
    return b"\n".join([head, *(line for place, line in enumerate(lines) if (place * (at % 97 + 1)) % 11 > size % 6)])


def shuffled(data: bytes, at: int, size: int) -> bytes:
    lines = data.split(b"\n")
    first = 1 + at % max(1, len(lines) - 1)
    return b"\n".join([*lines[:first], *lines[first : first + size % 30][::-1], *lines[first + size % 30 :]])


def other_ends(data: bytes, at: int, size: int) -> bytes:
    return data.replace(b"\n", (b"\r\n", b"\r", b"\n\n")[at % 3])


def other_encoding(data: bytes, at: int, size: int) -> bytes:
    return data.decode("latin-1").encode(("utf-16", "utf-8-sig", "utf-16-le")[at % 3])


DAMAGES: tuple[Damage, ...] = (cut, hole, doubled, flipped, thinned, shuffled, other_ends, other_encoding)
HARMLESS: tuple[Damage, ...] = (other_ends, other_encoding)


@cache
def originals() -> tuple[tuple[str, bytes, MotionLog], ...]:
    """One file of every app, as bytes, and what it holds."""
    folder = Path(tempfile.mkdtemp())
    written = [export.write(curl(rate_hz=50.0, seconds=6.0), folder / export.name) for export in EXPORTS]
    paths = [paths[0] for paths in written if len(paths) == 1 and paths[0].is_file()]
    return tuple((path.name, path.read_bytes(), read_log([path])) for path in paths)


def read(data: bytes, name: str) -> MotionLog | None:
    """The log; None for a refusal. Anything else fails the test, warnings too."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sent"
        path.write_bytes(data)
        try:
            return read_log([path], names=[name])
        except AnalysisError:
            return None


def size_of(log: MotionLog) -> float:
    return float(np.median(np.linalg.norm(log.acceleration_m_s2, axis=1)))


def sound(log: MotionLog, true: MotionLog) -> bool:
    """Times increase from 0, nothing is NaN, and the size of the acceleration is still the true one."""
    ratio = size_of(log) / size_of(true) if log.has_gravity == true.has_gravity else 1.0
    times = log.times_s[0] == 0 and bool((np.diff(log.times_s) > 0).all()) and bool(np.isfinite(log.times_s).all())
    return times and bool(np.isfinite(log.acceleration_m_s2).all()) and G_LIKE[0] < ratio < G_LIKE[1]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@settings(max_examples=CASES, suppress_health_check=[HealthCheck.too_slow])
@given(which=st.integers(0, 10**6), at=st.integers(0, 10**9), size=st.integers(0, 10**6))
def test_a_damaged_file_gives_true_numbers_or_a_refusal(damage: Damage, which: int, at: int, size: int) -> None:
    name, data, true = originals()[which % len(originals())]
    log = read(damage(data, at, size), name)
    assert log is None or sound(log, true)


@pytest.mark.parametrize("damage", HARMLESS, ids=lambda damage: damage.__name__)
def test_line_ends_and_encodings_change_no_number(damage: Damage) -> None:
    texts = [each for each in originals() if each[1][:2] not in (b"PK", b"\xff\xfe") and b"\xb2" not in each[1]]
    logs = [(read(damage(data, at, 0), name), true) for name, data, true in texts for at in range(3)]
    assert len(logs) > 30
    assert all(log is not None and np.array_equal(log.acceleration_m_s2, true.acceleration_m_s2) for log, true in logs)


@settings(max_examples=2 * CASES)
@given(st.binary(max_size=400) | st.text(alphabet='0123456789.,;-eE \n\t"xyzg[]{}:<>/', max_size=600).map(str.encode))
def test_whatever_is_sent_is_a_log_or_a_refusal(data: bytes) -> None:
    log = read(data, "document")
    assert log is None or bool((np.diff(log.times_s) > 0).all())
