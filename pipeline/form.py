"""Judge the form: compare each repetition with the catalogue's rules, where the camera's view allows it.

A rule is data (`catalogue/rules.toml`): a measure, a limit with its source, and how far past the limit it is reported.
A finding needs more than half of the complete repetitions it is about to pass the limit: one odd repetition is no
habit, and the median that the user is shown never contradicts the finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.catalogue.exercise import Exercise
from pipeline.catalogue.rules import Rule, rules
from pipeline.form_measures import MEASURES, FormMeasures, form_measures, thirds
from pipeline.holds import Hold
from pipeline.kinematics import smooth
from pipeline.values import Array, Finding, PoseTrack, Rep, Severity
from pipeline.view import SEEN_BY, view_of

HABIT_SHARE = 0.5
WHOLE_HOLD = 0  # repetitions are counted from 1


@dataclass(frozen=True, slots=True)
class Form:
    """The judgement of a set: findings, the gravest first, and the aspects of form (as rules call them) that could be
    judged.

    An aspect that is in neither was not visible, or too near a limit to be called good or bad.
    """

    findings: tuple[Finding, ...] = ()
    judged: tuple[str, ...] = ()


def check_form(
    track: PoseTrack, exercise: Exercise | None, reps: Sequence[Rep], *, hold: Hold | None = None, timed: bool = True
) -> Form:
    """The form of the set; nothing is judged of an unknown exercise or from a view that shows too little.

    `timed`: False where the times of the repetitions are unsure; then no rule about seconds applies. Of a hold, the
    line of the body is judged.
    """
    if exercise is None or not (hold or any(rep.complete for rep in reps)):
        return Form()
    smoothed = smooth(track)
    view, moving = view_of(smoothed), form_measures(smoothed, reps)
    shown = [rule for rule in rules() if view in SEEN_BY[rule.view] and (rule.unit != "s" or timed)]
    fitting = [rule for rule in shown if rule.fits(exercise)]
    measured = {rule: _measured(rule, moving, reps, hold) for rule in fitting}
    held = {rule: _finding(rule, of_each) for rule, of_each in measured.items()}
    found = [finding for finding in held.values() if finding]
    unclear = {rule.aspect for rule, of_each in measured.items() if held[rule] is None and _is_unclear(rule, of_each)}
    judged = dict.fromkeys(rule.aspect for rule in fitting if rule.unit == "°" and rule.aspect not in unclear)
    findings = sorted(found, key=lambda finding: (finding.severity != "severe", -len(finding.reps)))
    return Form(tuple(findings), tuple(judged))


def _measured(rule: Rule, moving: FormMeasures, reps: Sequence[Rep], hold: Hold | None) -> dict[int, float]:
    """The rule's measure by repetition number; a hold's single measure stands under WHOLE_HOLD."""
    if hold is None:
        last = [rep for _, last in thirds(reps).values() for rep in last]
        asked = last if rule.reps == "last" else [rep for rep in reps if rep.complete]
        return {rep.number: MEASURES[rule.measure](moving, rep) for rep in asked}
    if rule.measure != "body_line_deg":
        return {}
    return {WHOLE_HOLD: moving.during(moving.body_line_deg, hold.start_s, hold.end_s)}


def _finding(rule: Rule, measured: Mapping[int, float]) -> Finding | None:
    bad = tuple(number for number, value in measured.items() if rule.past(value) > rule.mild)
    if not _is_most([number in bad for number in measured]):
        return None
    numbers = tuple(number for number in bad if number != WHOLE_HOLD)
    return _told(rule, numbers, float(np.median([measured[number] for number in bad])))


def _is_unclear(rule: Rule, measured: Mapping[int, float]) -> bool:
    """Neither a fault nor fine: most repetitions show nothing of it, or pass the limit by too little to be reported."""
    known = np.isfinite([*measured.values()])
    return not _is_most(known) or _is_most([rule.past(value) > 0 for value in measured.values()])


def _is_most(which: Sequence[bool] | Array) -> bool:
    return bool(sum(which) > HABIT_SHARE * len(which))


def _told(rule: Rule, bad: tuple[int, ...], measured: float) -> Finding:
    severity: Severity = "severe" if rule.past(measured) > rule.severe else "mild"
    return Finding(rule.name, severity, bad, measured, rule.limit, rule.unit, rule.cue, rule.source)
