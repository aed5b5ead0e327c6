"""The result of counting: cycles, curve and confidence."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.values import Curve, Cycle, Phase


@dataclass(frozen=True, slots=True, eq=False)
class Count:
    """The repetitions of one clip.

    cycles: in order of time, partial ones marked. curve: what to draw. movement: what was counted, 0 where the body
    rests between repetitions and 1 where it turns, NaN in a shot without any. first_phase: the phase that every cycle
    begins with, None where not known. confidence: probability (0..1) that the number is right. runner_up: the likeliest
    other number, where it is worth reporting.
    """

    cycles: tuple[Cycle, ...]
    curve: Curve
    movement: Curve
    confidence: float
    runner_up: int | None
    starts_mid_rep: bool = False
    ends_mid_rep: bool = False
    first_phase: Phase | None = None

    @property
    def complete(self) -> int:
        """Complete repetitions."""
        return sum(cycle.complete for cycle in self.cycles)
