"""A live stream named and counted as it comes: what a file would say of a set is said when the set is over.

    live = LiveLog()
    for event in live.add(times_s, acceleration_m_s2, rotation_rad_s): ...
    for event in live.end(): ...

There is one counter. What was recorded since shortly before a set is kept and counted again every so often
(`find_sets`), for the number so far; once a rest follows, the kept samples go through `analyze_log` as a file would. So
a set is answered as in a file that ends soon after it: the sets of a longer one tell each other how the sensor is worn,
and those to come, too, which few repetitions are none. That takes longer than naming may wait: who gives a thread to
answer in hears of a set with the first samples after it is answered.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np

from pipeline.live_set import answer, has_gravity
from pipeline.motion.count import SHORTEST_REST_S, CountedSet, find_sets
from pipeline.motion.few import RULES as FEW
from pipeline.motion.few import Told
from pipeline.motion.rounds import RULES as ROUNDS
from pipeline.motion.rounds import is_blow
from pipeline.motion.sample_buffer import SampleBuffer
from pipeline.motion.signals import motion_of
from pipeline.motion.stream import RULES as STREAM
from pipeline.motion.stream import Decision, LiveRecognizer
from pipeline.motion.windows import WINDOW_S
from pipeline.recognize import NO_EXERCISE
from pipeline.values import Array, MeasuredSet


@dataclass(frozen=True, slots=True)
class LiveRules:
    """When a set is over, and how often the one that goes on is counted.

    rest_s: after a set's last repetition, a second more than parts two sets in a file. told_after_s: a repetition must
    be over, so that its end is seen and not the end of what was recorded. lead_s: kept while nothing goes on: two slow
    repetitions are seen before the first of them is forgotten, and of what follows a set the set is seen. every_s,
    resting_s, of_kept: seconds from one count to the next, while nothing is done, and at least this share of what is
    kept, so that a long set costs no more of a core than a short one. more_s: a set that was told and is seen to end
    later by this much is told again: repetitions that are slow, or come after a long pause, may join it. longest_s: a
    set without a rest is told and begun anew; twice as much is kept at most. judged_s: enough to tell m/s² from g, and
    whether gravity is in it.
    """

    rest_s: float = SHORTEST_REST_S + 1.0
    told_after_s: float = 0.5
    lead_s: float = 25.0
    every_s: float = 1.0
    resting_s: float = 3.0
    of_kept: float = 1 / 30
    more_s: float = 1.0
    longest_s: float = 600.0
    judged_s: float = 10.0


RULES: Final = LiveRules()
MOST_EARLIER: Final = 20  # sets of a workout that are remembered


@dataclass(frozen=True, slots=True)
class SoFar:
    """How many repetitions, or blows, the set that goes on has at time_s; told once for each number, never fewer."""

    time_s: float
    reps: int


Event = Decision | SoFar | MeasuredSet


class LiveLog:
    """Keeps what was recorded since the last set began, or for a while where that is long ago."""

    def __init__(
        self, recognizer: LiveRecognizer | None = None, rules: LiveRules = RULES, beside: Executor | None = None
    ) -> None:
        """`beside` answers sets, one after the other, while others are named; without it that is done at once."""
        self._recognizer = recognizer or LiveRecognizer()
        self._rules = rules
        self._beside = beside
        self._asked = deque[Future[list[MeasuredSet]]]()
        self._start_anew()

    @property
    def kept_s(self) -> float:
        """How much of the stream is kept."""
        return self._kept.last_s - self._kept.first_s if len(self._kept) else 0.0

    def add(self, times_s: Array, acceleration_m_s2: Array, rotation_rad_s: Array | None = None) -> list[Event]:
        """What n more samples tell: times (n,) increasing, values (n, 3).

        A MeasuredSet is a set that is over, with the stream's own times; where it begins before the last one ended, it
        takes that one's place. Raises ValueError where the numbers are surely in another unit.
        """
        rotation = np.full_like(acceleration_m_s2, np.nan) if rotation_rad_s is None else rotation_rad_s
        values = np.concatenate([acceleration_m_s2, rotation], axis=1)
        samples = zip(times_s.tolist(), values, strict=True)
        return [*self._answered(), *(event for time_s, row in samples for event in self._sample(time_s, row))]

    def end(self) -> list[Event]:
        """The set that went on when the stream ended, if any; what follows is another stream."""
        return [*self._broken_off(), *self._answered(wait=True)]

    def _broken_off(self) -> list[MeasuredSet]:
        whole = self._is_whole and self.kept_s >= WINDOW_S
        told = [*self._finished(whole=whole)] if self._open or whole else []
        self._start_anew()
        return told

    def _start_anew(self) -> None:
        self._kept = SampleBuffer()
        self._judged, self._is_whole = False, True  # all of the stream is kept
        self._over_s = self._needed_s = -math.inf  # when the last set that was told ended; from when on it is kept
        self._earlier = deque[Told](maxlen=MOST_EARLIER)
        self._close()

    def _close(self) -> None:
        """Nothing goes on."""
        self._open = False
        self._begun_s, self._busy_s, self._due_s = math.inf, -math.inf, -math.inf
        self._told, self._punches = 0, 0

    def _sample(self, time_s: float, row: Array) -> Iterator[Event]:
        if len(self._kept) and not -STREAM.back_s <= time_s - self._kept.last_s <= SHORTEST_REST_S:
            yield from self._broken_off()
        if len(self._kept) and time_s <= self._kept.last_s:
            return  # late or doubled, as for the recogniser
        self._kept.append(time_s, row)
        decision = self._recognizer.sample(time_s, row)
        if decision:
            yield decision
            yield from self._after(decision)

    def _after(self, decision: Decision) -> Iterator[Event]:
        """What there is to count, half a second later."""
        if not self._judged and decision.time_s - self._kept.first_s >= self._rules.judged_s:
            self._recognizer.has_gravity = has_gravity(self._kept.log())
            self._judged = True
        punching = decision.recognition.known and is_blow(decision.recognition.name)
        if punching:
            yield from self._struck(decision)
        elif decision.time_s >= self._due_s:
            yield from self._counted(decision)
        rest_s = ROUNDS.longest_pause_s if self._punches else self._rules.rest_s
        longest_s = self._rules.longest_s
        too_long = decision.time_s - self._begun_s > longest_s or self.kept_s > 2 * longest_s
        if self._open and (too_long or (not punching and decision.time_s - self._busy_s >= rest_s)):
            yield from self._finished()
            self._over_s = self._busy_s
            self._needed_s = self._busy_s if too_long else self._begun_s - SHORTEST_REST_S
            self._close()
        if not self._open:
            lead_s = decision.time_s - self._rules.lead_s
            count = len(self._kept)
            self._kept.drop_before(lead_s if self._over_s < lead_s else self._needed_s)
            self._is_whole = self._is_whole and len(self._kept) == count

    def _struck(self, decision: Decision) -> Iterator[Event]:
        for at_s in decision.punches_s:
            self._open, self._begun_s, self._busy_s = True, min(self._begun_s, at_s), at_s
            self._punches += 1
            yield SoFar(at_s, self._punches)

    def _counted(self, decision: Decision) -> Iterator[Event]:
        resting = decision.recognition.name == NO_EXERCISE
        every_s = self._rules.resting_s if resting and not self._open else self._rules.every_s
        self._due_s = decision.time_s + max(every_s, self._rules.of_kept * self.kept_s)
        log = replace(self._kept.log(), has_gravity=self._recognizer.has_gravity)
        sets = [one for one in find_sets(motion_of(log)) if self._is_new(one.span_s)]
        if not sets:
            return
        begun_s, busy_s = sets[-1].span_s
        self._told = 0 if begun_s > self._busy_s else self._told  # another set, or the same
        self._open, self._begun_s, self._busy_s = True, begun_s, busy_s
        reps = _over(sets[-1], decision.time_s - self._rules.told_after_s)
        if reps > self._told and not (resting and reps <= FEW.reps):
            self._told = reps
            yield SoFar(decision.time_s, reps)

    def _finished(self, *, whole: bool = False) -> Iterator[MeasuredSet]:
        """What a file would say of all that is kept, but for what was told; nothing yet where that is asked beside."""
        after_s = self._over_s + self._rules.more_s
        asked = partial(answer, self._kept.log(), after_s, self._earlier, whole=whole)
        if self._beside is None:
            yield from asked()
        else:
            self._asked.append(self._beside.submit(asked))

    def _answered(self, *, wait: bool = False) -> Iterator[MeasuredSet]:
        """What was answered meanwhile, in order; everything that was asked where it is waited for."""
        while self._asked and (wait or self._asked[0].done()):
            yield from self._asked.popleft().result()

    def _is_new(self, span_s: tuple[float, float]) -> bool:
        """It ends after what was told, whether it was begun then or not."""
        return span_s[1] > self._over_s + self._rules.more_s


def _over(counted: CountedSet, at_s: float) -> int:
    """How many of the repetitions end before this time."""
    return sum(int((edges_s[1:] <= at_s).sum()) for edges_s in counted.runs)
