"""The network that sees repetitions learns them, and numpy runs it as torch does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from pipeline.values import Array

torch = pytest.importorskip("torch", reason="training needs the extra `train`")

from pipeline.learn.beat_network import BeatNetwork, Lesson, Teaching, recalled, teach  # noqa: E402
from pipeline.reps.beat import network_outputs  # noqa: E402
from pipeline.values import Floats  # noqa: E402

FRAMES_HZ = 15.0
PLAN = Teaching(FRAMES_HZ, batch=4, frames=150, point_weight=2.0)
REACHES = (1, 2, 4)


@dataclass(frozen=True, slots=True, eq=False)
class Waves:
    """channels (T, 2) and truth (T, 4)."""

    channels: Array
    truth: Array


def waves(reps: int, seed: int) -> Waves:
    """Repetitions of 2 s between stillnesses, in one channel and in another that tells nothing."""
    rng, frames = np.random.default_rng(seed), 300
    times_s = np.arange(frames) / FRAMES_HZ
    first_s = rng.uniform(1, 8)
    busy = (times_s >= first_s) & (times_s < first_s + 2 * reps)
    moved = np.where(busy, 1 - np.cos(np.pi * (times_s - first_s)), 0.0)
    truth = np.zeros((frames, 4))
    truth[busy, 0], truth[busy, 3] = 1.0, 1 / (2 * FRAMES_HZ)
    return Waves(np.stack([moved, rng.normal(0, 1, frames)], axis=1), truth)


def untouched(channels: Floats, rng: np.random.Generator) -> Floats:
    return channels


def lessons(count: int) -> list[Lesson]:
    return [Lesson(drawn.channels, drawn.truth) for drawn in (waves(seed % 4, seed) for seed in range(count))]


@pytest.fixture(scope="module")
def taught() -> BeatNetwork:
    torch.manual_seed(0)
    network = BeatNetwork(2, REACHES)
    teach(network, lessons(40), PLAN, untouched, minutes=0.06, seed=0)
    return network


@pytest.mark.slow
def test_it_sees_where_a_set_goes_on_that_it_was_not_taught(taught: BeatNetwork) -> None:
    lesson = waves(5, 1005)
    outputs = network_outputs(taught.matrices(), lesson.channels)
    assert ((outputs[:, 0] > 0.5) == (lesson.truth[:, 0] > 0.5)).mean() > 0.75  # half of it is busy


def test_numpy_runs_it_as_torch_does() -> None:
    torch.manual_seed(1)
    network, lesson = BeatNetwork(2, REACHES).eval(), waves(3, 3)
    with torch.no_grad():
        logits = network(torch.from_numpy(lesson.channels.T[None]).float())[0].numpy().T
    chances = 1 / (1 + np.exp(-logits[:, :3]))
    found = network_outputs(network.matrices(), lesson.channels)
    assert found == pytest.approx(np.column_stack([chances, np.logaddexp(0, logits[:, 3])]), abs=1e-4)


def test_a_teaching_that_was_ended_goes_on_where_it_was(tmp_path: Path) -> None:
    kept = tmp_path / "round.pt"
    torch.manual_seed(2)
    first = BeatNetwork(2, REACHES)
    teach(first, lessons(4), PLAN, untouched, minutes=0.005, seed=0, checkpoint=kept)
    again = BeatNetwork(2, REACHES)
    done = recalled(again, kept)
    assert done.steps > 0
    assert done.spent_s >= 0.3
    assert again.matrices()["a0_w"] == pytest.approx(first.matrices()["a0_w"])
    teach(again, lessons(4), PLAN, untouched, minutes=0.01, seed=0, checkpoint=kept)
    assert recalled(first, kept).steps > done.steps
    assert recalled(first, tmp_path / "none.pt").steps == 0
