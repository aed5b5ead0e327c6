"""Name and count a live sensor stream; each set is reported when it is over, as it would be from a file.

    live = LiveLog()
    for event in live.add(times_s, acceleration_m_s2, rotation_rad_s): ...
    for event in live.end(): ...

There is one counter. The samples since shortly before the set are kept and counted again every so often (`find_sets`),
for the number so far; once a rest follows, the kept samples go through `analyze_log` as a file would. So a set is
reported as in a file that ends soon after it. In a longer file its sets also show each other how the sensor is worn,
and later sets show which short runs are none. Reporting takes longer than naming may wait: with a thread for it, a set
is reported with the first samples after it is done.
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
from pipeline.motion.few_reps import RULES as FEW
from pipeline.motion.few_reps import RunFacts
from pipeline.motion.rounds import RULES as ROUNDS
from pipeline.motion.rounds import is_strike
from pipeline.motion.sample_buffer import SampleBuffer
from pipeline.motion.signals import motion_of
from pipeline.motion.stream import RULES as STREAM
from pipeline.motion.stream import Decision, LiveRecognizer
from pipeline.motion.windows import WINDOW_S
from pipeline.recognize import NO_EXERCISE
from pipeline.values import Array, MeasuredSet


@dataclass(frozen=True, slots=True)
class LiveRules:
    """When a set is over, and how often the current one is counted.

    rest_s: seconds after a set's last repetition, one more than parts two sets in a file. told_after_s: a repetition is
    counted only this long after its end, so that the end of the samples is not taken for its end. lead_s: kept while
    nothing goes on, so that two slow repetitions are seen before the first is dropped. every_s, resting_s, of_kept:
    seconds from one count to the next, the same while nothing is done, and at least this share of what is kept, so that
    a long set does not cost more than a short one. more_s: a reported set that turns out to end later by this much is
    reported again: slow repetitions, or some after a long pause, may belong to it. longest_s: a set without a rest is
    reported and begun anew; at most twice as much is kept. judged_s: enough to tell m/s² from g, and whether gravity is
    included.
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
MOST_EARLIER: Final = 20  # remembered sets of a workout


@dataclass(frozen=True, slots=True)
class SoFar:
    """How many repetitions (or strikes) the current set has at time_s; one event for each number, never a
    smaller one.
    """

    time_s: float
    reps: int


Event = Decision | SoFar | MeasuredSet


class LiveLog:
    """Counts and names a stream; keeps the samples since the last set began, or the latest ones where that is
    long ago.
    """

    def __init__(
        self, recognizer: LiveRecognizer | None = None, rules: LiveRules = RULES, beside: Executor | None = None
    ) -> None:
        """`beside` is an executor that reports sets, one after the other, while naming goes on; without it that is done
        at once.
        """
        self._recognizer = recognizer or LiveRecognizer()
        self._rules = rules
        self._beside = beside
        self._asked = deque[Future[list[MeasuredSet]]]()
        self._start_anew()

    @property
    def kept_s(self) -> float:
        """How many seconds of the stream are kept."""
        return self._kept.last_s - self._kept.first_s if len(self._kept) else 0.0

    def add(self, times_s: Array, acceleration_m_s2: Array, rotation_rad_s: Array | None = None) -> list[Event]:
        """The events of n more samples: times (n,) increasing, values (n, 3).

        A MeasuredSet is a set that is over, with the stream's own times; where it begins before the last one ended, it
        replaces that one. Raises ValueError where the numbers are surely in another unit.
        """
        rotation = np.full_like(acceleration_m_s2, np.nan) if rotation_rad_s is None else rotation_rad_s
        values = np.concatenate([acceleration_m_s2, rotation], axis=1)
        samples = zip(times_s.tolist(), values, strict=True)
        return [*self._answered(), *(event for time_s, row in samples for event in self._sample(time_s, row))]

    def end(self) -> list[Event]:
        """The events at the end of the stream: the current set, if any. What follows is another stream."""
        return [*self._broken_off(), *self._answered(wait=True)]

    def _broken_off(self) -> list[MeasuredSet]:
        whole = self._is_whole and self.kept_s >= WINDOW_S
        told = [*self._finished(whole=whole)] if self._open or whole else []
        self._start_anew()
        return told

    def _start_anew(self) -> None:
        self._kept = SampleBuffer()
        self._judged, self._is_whole = False, True  # the buffer holds all of the stream
        self._over_s = self._needed_s = -math.inf  # end of the last reported set; start of what must be kept
        self._earlier = deque[RunFacts](maxlen=MOST_EARLIER)
        self._close()

    def _close(self) -> None:
        """End the current set."""
        self._open = False
        self._begun_s, self._busy_s, self._due_s = math.inf, -math.inf, -math.inf
        self._told, self._punches = 0, 0

    def _sample(self, time_s: float, row: Array) -> Iterator[Event]:
        if len(self._kept) and not -STREAM.back_s <= time_s - self._kept.last_s <= SHORTEST_REST_S:
            yield from self._broken_off()
        if len(self._kept) and time_s <= self._kept.last_s:
            return  # late or doubled, as in the recogniser
        self._kept.append(time_s, row)
        decision = self._recognizer.sample(time_s, row)
        if decision:
            yield decision
            yield from self._after(decision)

    def _after(self, decision: Decision) -> Iterator[Event]:
        """The events half a second of signal later."""
        if not self._judged and decision.time_s - self._kept.first_s >= self._rules.judged_s:
            self._recognizer.has_gravity = has_gravity(self._kept.log())
            self._judged = True
        punching = decision.recognition.known and is_strike(decision.recognition.name)
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
        self._told = 0 if begun_s > self._busy_s else self._told  # zero for a new set
        self._open, self._begun_s, self._busy_s = True, begun_s, busy_s
        reps = _over(sets[-1], decision.time_s - self._rules.told_after_s)
        if reps > self._told and not (resting and reps <= FEW.reps):
            self._told = reps
            yield SoFar(decision.time_s, reps)

    def _finished(self, *, whole: bool = False) -> Iterator[MeasuredSet]:
        """The new sets in all that is kept; nothing yet where another thread is asked."""
        after_s = self._over_s + self._rules.more_s
        asked = partial(answer, self._kept.log(), after_s, self._earlier, whole=whole)
        if self._beside is None:
            yield from asked()
        else:
            self._asked.append(self._beside.submit(asked))

    def _answered(self, *, wait: bool = False) -> Iterator[MeasuredSet]:
        """What the other thread has finished, in order; everything that was asked if `wait`."""
        while self._asked and (wait or self._asked[0].done()):
            yield from self._asked.popleft().result()

    def _is_new(self, span_s: tuple[float, float]) -> bool:
        """Whether it ends after the last reported set."""
        return span_s[1] > self._over_s + self._rules.more_s


def _over(counted: CountedSet, at_s: float) -> int:
    """How many of the repetitions end before this time."""
    return sum(int((edges_s[1:] <= at_s).sum()) for edges_s in counted.runs)
