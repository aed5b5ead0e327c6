"""Seconds that were lost without a word of the clock are seen; nothing that moves hard is taken for it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.sensors import read_log
from pipeline.sensors.breaks import breaks, loses_samples
from pipeline.values import Array, Doubt
from tests.pipeline.sensors.exports import curl, rows, saved

RATE_HZ = 100.0
MOTION = curl(RATE_HZ, seconds=80.0)


def noisy(total: Array) -> Array:
    return np.asarray(total + np.random.default_rng(0).normal(0, 0.1, total.shape))


def times_s(values: Array) -> Array:
    return np.arange(len(values)) / RATE_HZ


def losing(every_s: float, lost_s: float) -> tuple[Array, Array]:
    """What is left where some of the samples are lost, and the times of the clock where they were."""
    kept = (MOTION.times_s + 3.3) % every_s >= lost_s
    lost_at = np.flatnonzero(np.diff(MOTION.times_s[kept]) > 0.1)
    return noisy(MOTION.total)[kept], (lost_at + 1) / RATE_HZ


def test_lost_seconds_are_seen_where_they_were_lost() -> None:
    left, lost_at_s = losing(9.7, 1.3)
    found = breaks(times_s(left), left)
    assert set(found.round(3)) <= set(lost_at_s.round(3))
    assert len(found) >= 3
    assert loses_samples(times_s(left), left)


def test_a_log_that_lost_some_says_so_and_one_whose_clock_tells_it_does_not(tmp_path: Path) -> None:
    left, _ = losing(9.7, 1.3)
    kept_s = MOTION.times_s[(MOTION.times_s + 3.3) % 9.7 >= 1.3]
    for clock_s, said in ((times_s(left), True), (kept_s, False)):
        log = read_log(
            saved(tmp_path / str(said), {"log.csv": rows(["time (s)", "ax", "ay", "az"], [clock_s, *left.T])})
        )
        assert (Doubt.SAMPLES_LOST in {caveat.doubt for caveat in log.caveats}) == said


@pytest.mark.parametrize("rate_hz", [10.0, 25.0, 100.0, 200.0])
def test_no_sound_log_is_said_to_lose_samples(rate_hz: float) -> None:
    motion = curl(rate_hz, seconds=300.0)
    rng = np.random.default_rng(1)
    blow_s = np.arange(2.0, 220.0, 1.7)
    blows = np.exp(-(((motion.times_s[:, None] - blow_s) / 0.025) ** 2)).sum(axis=1)  # of 3 g, a twentieth of a second
    hit = motion.total + 30 * blows[:, None] + rng.normal(0, 0.3, (len(motion.times_s), 3))
    coarse = np.round(motion.total / 0.31) * 0.31  # 8 bits of 4 g
    spiked = motion.total + 40 * (rng.random(len(hit)) < 0.002)[:, None]
    for worn in (motion.total, hit, coarse, spiked):
        assert not loses_samples(motion.times_s, worn)


def test_a_moment_is_no_log_that_loses() -> None:
    assert not loses_samples(times_s(MOTION.total[:8]), MOTION.total[:8])


def test_few_breaks_in_a_long_log_are_chance() -> None:
    left, _ = losing(9.7, 1.3)
    quiet = noisy(np.repeat(left[-1:], 8 * len(left), axis=0))
    assert loses_samples(times_s(left), left)
    assert not loses_samples(times_s(np.vstack([left, quiet])), np.vstack([left, quiet]))
