"""What really happens in a filmed set, to the millisecond: the judge of every count and every second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.values import Cycle, Phase, Side


@dataclass(frozen=True, slots=True)
class TrueRep:
    """One repetition: it leaves its rest at start_s, is still for pause_s about turn_s, is back at end_s.

    rest_s is the stillness after it (0 after the last). depth is the share of the full movement (1: complete).
    """

    number: int
    start_s: float
    turn_s: float
    end_s: float
    eccentric_s: float
    pause_s: float
    concentric_s: float
    rest_s: float
    depth: float
    side: Side

    def __post_init__(self) -> None:
        phases = self.eccentric_s + self.pause_s + self.concentric_s
        if abs(self.end_s - self.start_s - phases) > 1e-9:
            raise ValueError(f"phases of {phases} s do not fill {self.start_s}..{self.end_s}")

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s

    @property
    def complete(self) -> bool:
        return self.depth > 0.9

    @property
    def cycle(self) -> Cycle:
        return Cycle(self.start_s, self.turn_s, self.end_s, self.complete, self.side)


@dataclass(frozen=True, slots=True)
class Truth:
    """A whole clip: its exercise, every repetition in it, or how long the posture was held."""

    exercise: str
    kind: Literal["reps", "hold"]
    first: Phase
    reps: tuple[TrueRep, ...]
    hold_s: float | None
    duration_s: float

    @property
    def rep_count(self) -> int:
        """Complete repetitions that lie wholly inside the clip."""
        return sum(rep.complete and rep.start_s >= 0 and rep.end_s <= self.duration_s for rep in self.reps)
