"""Whether a body moves at all, beyond what its landmarks do while it keeps still.

Landmarks of a filmed still picture tremble, and slip now and then where the codec begins the picture anew: elbows and
knees by degrees, hands by centimetres, at an even pace at times. What they hardly do is to carry shoulders and hips up
and down together. So a body that goes no farther than such trembling has a repetition only where its trunk rises and
sinks: on toes, over a rope, in a shrug. Where somebody said what was done, it is enough that it goes clearly farther
than its landmarks tremble: legs that part towards the camera and away from it hardly move in the picture.
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
    """Distances are of the whole pose: 1 is a large change, about 90 degrees or a metre (see `reps/body`).

    Chosen on 83 filmed stills of rendered bodies, 160 and 288 px wide, and the 217 clips of the tuned sources.
    still_reach: stills go to 0.32, sets from 0.45 on. doubtful_reach, jitters: stills of bodies a hundred pixels tall
    go to 0.57, at most 4.8 times their jitter; the sets that go no farther do at least 9 times theirs. rise_m: heels
    rise by 8 cm and more in a calf raise, shoulders by 7 in a shrug; shoulders and hips of stills wander by 2.
    clear_jitters: of 60 other filmed stills five tremble or slip so that one count is likelier than all else together,
    and go at most 2.7 times their jitter; simulated sets of small movements go 3.4 times and more. A slip is no two.
    """

    still_reach: float = 0.35
    doubtful_reach: float = 0.6
    jitters: float = 5.0
    rise_m: float = 0.05
    clear_jitters: float = 3.0


RULES: Final = StillRules()
_TRUNK = ("height shoulder", "height hip")


def keeps_still(body: Body) -> bool:
    """True where the body hardly leaves its middle pose: by little, or by little more than its landmarks tremble."""
    reach = _reach(body)
    return reach < RULES.still_reach or reach < min(RULES.doubtful_reach, RULES.jitters * body.jitter)


def outdoes_trembling(body: Body, cycles: int) -> bool:
    """True where the body leaves its middle pose by clearly more than its landmarks tremble, and more than once."""
    return cycles > 1 and _reach(body) >= RULES.clear_jitters * body.jitter


def rises(found: Iterable[Candidate], cycles: int) -> bool:
    """True where the trunk itself goes up and down `cycles` times."""
    return any(
        candidate.cycles == cycles
        and candidate.signal.name in _TRUNK
        and float(np.median(candidate.swings)) >= RULES.rise_m
        for candidate in found
    )


def _reach(body: Body) -> float:
    """How far the pose goes from its middle, but for single slips."""
    return float(np.percentile(np.linalg.norm(body.pose - np.median(body.pose, axis=0), axis=1), 95))
