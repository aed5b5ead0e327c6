"""Name a live sensor stream: samples in, a decision for every half second of signal out.

    live = LiveRecognizer()
    for decision in live.add(times_s, acceleration_m_s2, rotation_rad_s): ...

Each decision uses the last five seconds and the decisions before (a hidden state that changes now and then), so that
one odd window does not change the name. It never waits for samples.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.motion.network import LogNetwork, network
from pipeline.motion.punches import RULES as PUNCHES
from pipeline.motion.punches import punches_of
from pipeline.motion.recognize import answers
from pipeline.motion.rounds import is_strike
from pipeline.motion.sample_buffer import SampleBuffer
from pipeline.motion.signals import RATE_HZ
from pipeline.motion.windows import FRAMES, WINDOW_S, windows
from pipeline.recognize.decide import decide
from pipeline.values import Array, MotionLog, Recognition


@dataclass(frozen=True, slots=True)
class StreamRules:
    """every_s: seconds of signal from one decision to the next. first_s: the least to decide on, a repetition or two.
    turn_s: mean time until something else is done. own_share: weight of a window's evidence, most of which the window
    before had too. gap_s: a longer gap starts anew; back_s: so does a clock that falls back by more, as after a restart
    of the device; no packet is that late. settled_s: a strike is reported this long after it.
    """

    every_s: float = 0.5
    first_s: float = 2.0
    turn_s: float = 20.0
    own_share: float = 0.35
    gap_s: float = 2.0
    back_s: float = 10.0
    settled_s: float = 0.2


RULES: Final = StreamRules()
FLOOR: Final = 1e-4  # one window alone may not rule a class out


@dataclass(frozen=True, slots=True)
class Decision:
    """What was done in the seconds before time_s; `changed` where the name differs from the last decision's.

    punches_s: times of the strikes since the last decision, where strikes are what is done.
    """

    time_s: float
    recognition: Recognition
    changed: bool
    punches_s: tuple[float, ...] = ()


class LiveRecognizer:
    """Keeps the last seconds of a stream and what it took them for.

    has_gravity: False where the stream is known to have no gravity; then fewer names are sure.
    """

    def __init__(self, net: LogNetwork | None = None) -> None:
        self._net = net or network()
        self.has_gravity = True
        self._kept = SampleBuffer()
        self._last_name: str | None = None
        self._due_s = 0.0
        self._belief = np.empty(0)
        self._last_punch_s = -np.inf

    def add(self, times_s: Array, acceleration_m_s2: Array, rotation_rad_s: Array | None = None) -> list[Decision]:
        """The decisions due after n more samples: times (n,) increasing, values (n, 3)."""
        rotation = np.full_like(acceleration_m_s2, np.nan) if rotation_rad_s is None else rotation_rad_s
        values = np.concatenate([acceleration_m_s2, rotation], axis=1)
        due = (self.sample(float(time_s), row) for time_s, row in zip(times_s, values, strict=True))
        return [made for made in due if made]

    def sample(self, time_s: float, row: Array) -> Decision | None:
        """The decision due after one more sample, if any: row (6,) of acceleration and rotation, NaN where not
        measured.
        """
        if len(self._kept) and not -RULES.back_s <= time_s - self._kept.last_s <= RULES.gap_s:
            self._kept = SampleBuffer()
        if not len(self._kept):
            self._start_anew(time_s)
        elif time_s <= self._kept.last_s:
            return None  # a step back in time: late or doubled
        self._kept.append(time_s, row)
        if time_s < self._due_s:
            return None
        self._due_s = time_s + RULES.every_s
        return self._decide(time_s)

    def _start_anew(self, time_s: float) -> None:
        self._due_s = time_s + RULES.first_s
        self._last_punch_s = -np.inf
        self._belief = np.full(len(self._net.classes), 1 / len(self._net.classes))

    def _decide(self, time_s: float) -> Decision | None:
        """None where more is missing than present."""
        self._kept.drop_before(time_s - WINDOW_S - 1 / RATE_HZ)
        log = self._kept.log()
        seen = windows(log, hop=FRAMES)
        if not len(seen):
            return None
        logs = self._net.log_probabilities(seen)[-1]
        turned = 1 - np.exp(-RULES.every_s / RULES.turn_s)
        expected = self._belief * (1 - turned) + turned / len(self._belief)
        belief = expected * (np.exp(logs) + FLOOR) ** RULES.own_share
        self._belief = belief / belief.sum()
        by_class = dict(zip(self._net.classes, self._belief.tolist(), strict=True))
        said = decide(answers(by_class), self._net.calibrated(has_gravity=self.has_gravity).working_point)
        changed, self._last_name = said.name != self._last_name, said.name
        return Decision(time_s, said, changed, self._punches(log) if said.known and is_strike(said.name) else ())

    def _punches(self, log: MotionLog) -> tuple[float, ...]:
        """Strikes that were not reported yet."""
        settled_s = float(log.times_s[-1]) - RULES.settled_s
        struck_s = [cycle.turn_s for cycle in punches_of(log).cycles]
        new_s = tuple(at_s for at_s in struck_s if self._last_punch_s + PUNCHES.refractory_s < at_s <= settled_s)
        self._last_punch_s = max((self._last_punch_s, *new_s))
        return new_s
