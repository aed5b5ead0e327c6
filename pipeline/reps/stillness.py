"""Tell whether a body moves at all, beyond the jitter of its landmarks while it keeps still.

Landmarks of a filmed still picture tremble, and jump now and then at the codec's key frames: elbows and knees by
degrees, hands by centimetres, sometimes at an even pace. But they hardly ever carry shoulders and hips up and down
together. So a body that moves no farther than such jitter has a repetition only where its trunk rises and sinks: calf
raises, skipping rope, shrugs. Where somebody named the exercise, it is enough that the body moves clearly farther than
its landmarks tremble: legs that part towards the camera hardly move in the picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.reps.body import Body
from pipeline.reps.candidates import Candidate


@dataclass(frozen=True, slots=True)
class StillRules:
    """When a body keeps still. Distances are of the whole pose: 1 is a large change, 90 degrees or a metre (see
    `reps/body`).

    Chosen on 83 filmed stills of rendered bodies, 160 and 288 px wide, and the 217 clips of the tuned sources.
    still_reach: stills reach 0.32, sets 0.45 and more. doubtful_reach, jitters: stills of bodies a hundred pixels tall
    reach 0.57, at most 4.8 times their jitter; the sets that reach no farther have at least 9 times theirs. rise_m:
    heels rise by 8 cm and more in a calf raise, shoulders by 7 in a shrug; shoulders and hips of stills wander by 2.
    clear_jitters: of 60 other filmed stills five tremble or jump so that one count is likelier than all else together,
    and reach at most 2.7 times their jitter; simulated sets of small movements reach 3.4 times and more. A single jump
    does not count as two repetitions.
    """

    still_reach: float = 0.35
    doubtful_reach: float = 0.6
    jitters: float = 5.0
    rise_m: float = 0.05
    clear_jitters: float = 3.0


RULES: Final = StillRules()
_TRUNK = ("height shoulder", "height hip")


def is_still(body: Body) -> bool:
    """Whether the body hardly leaves its median pose: by little, or by little more than its landmarks tremble."""
    reach = _reach(body)
    return reach < RULES.still_reach or reach < min(RULES.doubtful_reach, RULES.jitters * body.jitter)


def exceeds_jitter(body: Body, cycles: int) -> bool:
    """Whether the body leaves its median pose by clearly more than its landmarks tremble, and more than once."""
    return cycles > 1 and _reach(body) >= RULES.clear_jitters * body.jitter


def trunk_rises(found: Iterable[Candidate], cycles: int) -> bool:
    """Whether the trunk itself goes up and down `cycles` times."""
    return any(
        candidate.cycles == cycles
        and candidate.signal.name in _TRUNK
        and float(np.median(candidate.swings)) >= RULES.rise_m
        for candidate in found
    )


def _reach(body: Body) -> float:
    """How far the pose gets from its median, ignoring single outliers."""
    return float(np.percentile(np.linalg.norm(body.pose - np.median(body.pose, axis=0), axis=1), 95))
