"""How quickly punches or kicks follow one another."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.values import Rep

LEAST_FOR_A_PACE = 3  # blows: of two there is one gap, which is no pace


def lasted_s(blows: Sequence[Rep]) -> float:
    """From the first blow to the last."""
    return blows[-1].turn_s - blows[0].turn_s


def blows_a_minute(blows: Sequence[Rep]) -> float | None:
    """The pace of a round; None for fewer than three blows."""
    return 60.0 * (len(blows) - 1) / lasted_s(blows) if len(blows) >= LEAST_FOR_A_PACE else None
