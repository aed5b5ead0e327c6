"""What the coach may speak of: one set that was measured, the user's earlier ones, and what the user told.

Frozen values; whoever calls the coach builds them from a `SetReport` and from stored rows.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, cast

from bot.coach.facts.sets import PastSet, SetFacts, past_set
from pipeline.values import UNKNOWN, Caveat

Language = Literal["en", "ko"]
Units = Literal["kg", "lb"]
MOST_TOLD = 5  # sets, a line each; more nobody reads in a chat
ToldKind = Literal["injury", "goal", "equipment", "bodyweight", "aim"]
Aimed = Literal["kg", "reps", "s"]


@dataclass(frozen=True, slots=True)
class JointSeen:
    """A joint in a photo: its name in the user's language, its angle, and that of the pose as it usually is (NaN where
    that is not known); `off` where the two differ by more than people do. before_deg is the joint's angle in the photo
    before, NaN where that shows another pose or not this joint."""

    name: str
    angle_deg: float
    usual_deg: float = math.nan
    off: bool = False
    before_deg: float = math.nan


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What a photo shows. `label` is the pose or the group of poses that is sure, empty for none; joints that differ
    most come first. `before` is the label of the photo before this one, None where there is none."""

    label: str
    confidence: float
    joints: tuple[JointSeen, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    given: bool = False
    before: str | None = None

    @property
    def deviations(self) -> tuple[JointSeen, ...]:
        """What differs from the pose as it usually is."""
        return tuple(joint for joint in self.joints if joint.off)


@dataclass(frozen=True, slots=True)
class Aim:
    """A number that the user wants to reach in one set of an exercise: a load in kg, repetitions, or seconds."""

    exercise: str
    measure: Aimed
    value: float

    def __str__(self) -> str:
        return f"{self.exercise}:{self.measure}:{self.value:g}"


@dataclass(frozen=True, slots=True)
class Told:
    """A lasting fact that the user told. `value` is a key of data/told.toml (equipment: several, joined by "+"), the
    bodyweight in kg, or an `Aim` as text."""

    kind: ToldKind
    value: str

    @property
    def weight_kg(self) -> float:
        """The bodyweight; NaN for every other kind."""
        return float(self.value) if self.kind == "bodyweight" else math.nan

    @property
    def aim(self) -> Aim | None:
        """The number to be reached; None for every other kind."""
        if self.kind != "aim":
            return None
        exercise, measure, value = self.value.split(":")
        return Aim(exercise, cast(Aimed, measure), float(value))


@dataclass(frozen=True, slots=True)
class Facts:
    """All that an answer may rest on.

    `history` is newest first and does not hold `this`; its first `newer` sets were done after `this`. `photo` is there
    where the newest that the user sent is a photo. `aching` are parts of the body that hurt in this conversation: told
    in passing, so they are spared today and not kept. `narrowed`: the history holds only days that a message names, so
    its newest set is not the last there is. `log` are all stored sets in short, newest first, this one among them,
    where the history does not hold all. `summed` are the groups of sets that an answer sums up.
    """

    today: date
    this: SetFacts | None = None
    history: tuple[PastSet, ...] = ()
    told: tuple[Told, ...] = ()
    newer: int = 0
    language: Language = "en"
    units: Units = "kg"
    photo: PhotoFacts | None = None
    aching: tuple[str, ...] = ()
    narrowed: bool = False
    log: tuple[PastSet, ...] = ()
    summed: tuple[tuple[PastSet, ...], ...] = ()

    def earlier(self, exercise: str) -> tuple[PastSet, ...]:
        """The stored sets of one exercise, newest first; of one that was not recognised none: they may be several."""
        return tuple(past for past in self.history if past.exercise == exercise != UNKNOWN)

    @property
    def told_of(self) -> tuple[PastSet, ...]:
        """The sets but for the one in question that an answer may tell of one by one: the history, and small groups."""
        small = (group for group in self.summed if len(group) <= MOST_TOLD)
        return tuple(dict.fromkeys((*self.history, *itertools.chain.from_iterable(small))))

    @property
    def spared(self) -> tuple[str, ...]:
        """The parts of the body to take care of: those that the user told of, and those that ache."""
        return tuple(dict.fromkeys((*self.told_values("injury"), *self.aching)))

    @property
    def logged(self) -> tuple[PastSet, ...]:
        """All sets that are known, newest first, the one in question among them."""
        if self.log or self.this is None:
            return self.log or self.history
        return (*self.history[: self.newer], past_set(self.this), *self.history[self.newer :])

    @property
    def whole(self) -> Facts:
        """The same with every set that is known in its history, whichever days a message names."""
        if self.this is None or past_set(self.this) not in self.log or len(self.history) + 1 >= len(self.log):
            return self
        at = self.log.index(past_set(self.this))
        return replace(self, history=(*self.log[:at], *self.log[at + 1 :]), newer=at, narrowed=False)

    def told_values(self, kind: ToldKind) -> tuple[str, ...]:
        """What the user told of one kind."""
        return tuple(one.value for one in self.told if one.kind == kind)

    @property
    def last_same(self) -> PastSet | None:
        """The newest earlier set of the exercise in question in which anything was counted or timed."""
        if self.this is None or self.this.exercise == UNKNOWN:
            return None
        counted = (past for past in self.history[self.newer :] if past.counted)
        return next((past for past in counted if past.exercise == self.this.exercise), None)

    @property
    def same_workout(self) -> bool:
        """The newest earlier set of the exercise was done on the day of this one."""
        return self.this is not None and self.last_same is not None and self.last_same.done_on == self.this.done_on

    @property
    def day(self) -> tuple[PastSet, ...]:
        """All sets on the day of `this`, in the order they were done, `this` among them."""
        if self.this is None:
            return ()
        after, before = self.history[: self.newer], self.history[self.newer :]
        ordered = (*reversed(before), past_set(self.this), *reversed(after))
        return tuple(past for past in ordered if past.done_on == self.this.done_on)

    @property
    def session(self) -> tuple[PastSet, ...]:
        """The sets of this exercise on the day of `this`, in the order they were done, `this` among them."""
        return tuple(past for past in self.day if self.this and past.exercise == self.this.exercise)


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the conversation so far, and how long ago it was said."""

    role: Literal["user", "assistant"]
    text: str
    minutes_ago: float = 0.0
