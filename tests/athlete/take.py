"""One take: everything that decides what a clip shows, as a value; when each phase happens; which frames there are."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from pipeline.values import Array
from tests.athlete.body import Body
from tests.athlete.camera import Camera
from tests.athlete.ease import EASES, Ease
from tests.athlete.kinematics import Motion, move
from tests.athlete.movements import Movement, movements
from tests.athlete.truth import TrueRep, Truth


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds of each phase. slowing: how much longer the last lifting takes than the first (share).

    lowered and lifted say how the speed of those phases rises and falls, see `ease`.
    """

    eccentric_s: float = 1.6
    pause_s: float = 0.3
    concentric_s: float = 1.0
    rest_s: float = 0.6
    slowing: float = 0.0
    lowered: Ease = "cosine"
    lifted: Ease = "cosine"


@dataclass(frozen=True, slots=True)
class Frames:
    """When pictures are taken: `rate_hz`, each instant off by a standard deviation of `jitter` frames, some dropped."""

    rate_hz: float = 30.0
    jitter: float = 0.0
    dropped: float = 0.0


@dataclass(frozen=True, slots=True)
class Take:
    """A set in front of a camera. depths: how far each repetition goes (1: full; shorter tuples repeat).

    cut_s is taken off the start: the clip then begins inside the set. alternating: every second repetition is
    done by the other side. hold_s is how long a hold lasts.
    """

    exercise: str
    reps: int = 4
    pace: Pace = Pace()
    depths: tuple[float, ...] = (1.0,)
    alternating: bool = False
    mirrored: bool = False
    hold_s: float = 6.0
    lead_in_s: float = 1.0
    lead_out_s: float = 1.0
    cut_s: float = 0.0
    frames: Frames = Frames()
    camera: Camera = field(default_factory=Camera)
    body: Body = field(default_factory=Body)
    room: str = "studio"
    seed: int = 0

    @property
    def movement(self) -> Movement:
        return movements()[self.exercise]


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """Depth 0..1 as eased steps between knots (times_s, depths), and which moments belong to the other side.

    eases names the profile of each step: a movement starts with its first motion and ends with its last.
    """

    truth: Truth
    knots_s: Array
    depths: Array
    eases: tuple[Ease, ...]
    swaps: tuple[tuple[float, float], ...] = field(default=())

    def depth(self, times_s: Array) -> Array:
        """(T,) how deep in the movement at each time: no profile jumps in speed where it starts and ends."""
        after = np.clip(np.searchsorted(self.knots_s, times_s, side="right"), 1, len(self.knots_s) - 1)
        start, end = self.knots_s[after - 1], self.knots_s[after]
        share = np.clip((times_s - start) / (end - start), 0, 1)
        done = np.zeros(len(times_s))
        for ease, way in EASES.items():
            own = np.array([name == ease for name in self.eases])[after - 1]
            done[own] = way(share[own])
        return np.asarray(self.depths[after - 1] + (self.depths[after] - self.depths[after - 1]) * done)

    def swapped(self, times_s: Array) -> npt.NDArray[np.bool_]:
        """(T,) True where left and right change places."""
        inside = np.zeros(len(times_s), dtype=bool)
        for start, end in self.swaps:
            inside |= (times_s >= start) & (times_s < end)
        return inside


def timeline(take: Take) -> Timeline:
    """When everything happens in `take`, on the clip's own clock."""
    if take.movement.kind == "hold":
        truth = Truth(
            take.exercise, "hold", take.movement.first, (), take.hold_s - take.cut_s, take.hold_s - take.cut_s
        )
        return Timeline(truth, np.array([0.0, take.hold_s]), np.zeros(2), ("cosine",))
    reps = _reps(take)
    duration_s = reps[-1].end_s + take.lead_out_s
    knots, depths = [-take.cut_s], [0.0]
    eases: list[Ease] = ["cosine"]
    first, second = _eases(take)
    for rep in reps:
        knots += [rep.start_s, *_stillness(rep, take.movement), rep.end_s]
        depths += [0.0, rep.depth, rep.depth, 0.0]
        eases += [first, first, second, second]
    swaps = tuple((rep.start_s, rep.end_s) for rep in reps if rep.side == "right")
    truth = Truth(take.exercise, "reps", take.movement.first, reps, None, duration_s)
    return Timeline(truth, np.array([*knots, duration_s + 1.0]), np.array([*depths, 0.0]), tuple(eases), swaps)


def _eases(take: Take) -> tuple[Ease, Ease]:
    """The profiles of the way there and of the way back."""
    pace = take.pace
    lowering_first = take.movement.first == "eccentric"
    return (pace.lowered, pace.lifted) if lowering_first else (pace.lifted, pace.lowered)


def _stillness(rep: TrueRep, movement: Movement) -> tuple[float, float]:
    first_s = rep.eccentric_s if movement.first == "eccentric" else rep.concentric_s
    return rep.start_s + first_s, rep.start_s + first_s + rep.pause_s


def _reps(take: Take) -> tuple[TrueRep, ...]:
    reps: list[TrueRep] = []
    at_s = take.lead_in_s - take.cut_s
    for index in range(take.reps):
        rep = _rep(take, index, at_s)
        reps.append(rep)
        at_s = rep.end_s + rep.rest_s
    return tuple(reps)


def _rep(take: Take, index: int, start_s: float) -> TrueRep:
    pace = take.pace
    tired = (index / max(take.reps - 1, 1)) ** 2
    concentric_s = pace.concentric_s * (1 + pace.slowing * tired)
    first_s = pace.eccentric_s if take.movement.first == "eccentric" else concentric_s
    return TrueRep(
        number=index + 1,
        start_s=start_s,
        turn_s=start_s + first_s + pace.pause_s / 2,
        end_s=start_s + pace.eccentric_s + pace.pause_s + concentric_s,
        eccentric_s=pace.eccentric_s,
        pause_s=pace.pause_s,
        concentric_s=concentric_s,
        rest_s=pace.rest_s if index < take.reps - 1 else 0.0,
        depth=take.depths[index % len(take.depths)],
        side=("left", "right")[index % 2] if take.alternating else "both",
    )


def frame_times(take: Take, duration_s: float) -> Array:
    """(T,) strictly increasing presentation times: even, jittered, with dropped frames, as `take.frames` says."""
    frames = take.frames
    rng = np.random.default_rng(take.seed)
    index = np.arange(round(duration_s * frames.rate_hz), dtype=np.float64)
    index += np.clip(rng.normal(0, 1, len(index)) * frames.jitter, -0.45, 0.45)
    kept = rng.random(len(index)) >= frames.dropped
    times_s = index[kept] / frames.rate_hz
    return np.asarray(times_s - times_s[0])


def motion(take: Take, line: Timeline, times_s: Array) -> Motion:
    """Where every joint of the athlete is at `times_s`."""
    swapped = line.swapped(times_s) != take.mirrored
    return move(take.movement, take.body, line.depth(times_s), swapped)
