"""What stands under a chart and in the list of a recording's sets: title, tempo, cue, doubts. No I/O."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot import pace
from bot.sentences import plain, say
from bot.words.names import likely_names, pose_name, recognised_name
from bot.words.replies import clock, cue, doubt_sentences, html, weight
from pipeline.catalogue import find, keeps_moving, lifts_first
from pipeline.catalogue.rules import goes_by_pace
from pipeline.values import Caveat, Doubt, HeldPose, SetReport, Tempo, times_are_unsure

CAPTION_LIMIT = 1024  # Telegram's, in characters after the entities are parsed
BLOWS = ("punch", "kick")
# Doubts that angles do not hang on.
BESIDE_FORM = (Doubt.NAMED_AS_BEFORE, Doubt.STARTS_MID_REP, Doubt.ENDS_MID_REP, Doubt.TIMES_UNSURE)
# Doubts that say no more than the question above the buttons with the likeliest names.
ASKED_ABOUT = (Doubt.EXERCISE_UNSURE, Doubt.EXERCISE_UNKNOWN)
TITLED = (Doubt.NO_MOVEMENT,)  # says no more than the title of a known exercise without a repetition
# Here the hands go down, or ahead and back, while the weight goes up: its ways are called by what the hands do.
PULLED = ("lat_pulldown", "straight_arm_pulldown", "seated_cable_row", "face_pull")
PUSHED = ("tricep_pushdown",)
POSES_SHOWN = 8  # a sun salutation's; more would not fit beside the doubts


def title(report: SetReport, language: str, said_reps: int | None = None) -> str:
    """One line: what was done and how often, as plain text; `said_reps` is the user's own count, which holds."""
    if report.poses:
        return _title_of_poses(report.poses, language)
    exercise = recognised_name(report.recognition, language)
    count = report.rep_count if said_reps is None else said_reps
    if exercise is None:
        key = "caption.title_unknown" if count else "caption.title_unknown_nothing"
        return plain(language, key, count=count)
    if report.hold_s is not None:
        timed = "caption.title_moved" if keeps_moving(report.recognition.name) else "caption.title_hold"
        return plain(language, timed, exercise=exercise, seconds=round(report.hold_s))
    if is_timed(report):
        return plain(language, "caption.title_untimed", exercise=exercise)
    counted = f"caption.title_{family_of_blows(report) or 'reps'}"
    return plain(language, counted if count else "caption.title_nothing", exercise=exercise, count=count)


def is_timed(report: SetReport) -> bool:
    """Whether it is of an exercise that is told by its seconds, not by repetitions."""
    entry = find(report.recognition.name)
    return entry is not None and entry.timed


def _title_of_poses(poses: Sequence[HeldPose], language: str) -> str:
    longest = round(max(pose.held_s for pose in poses))
    if len(poses) == 1:
        return plain(language, "caption.title_hold", exercise=pose_name(poses[0].name, language), seconds=longest)
    return plain(language, "caption.title_flow", count=len(poses), seconds=longest)


def pose_lines(poses: Sequence[HeldPose], language: str) -> list[str]:
    """A line of HTML for each pose: when, which, how long and how steadily; the first POSES_SHOWN of them."""
    lines = [_pose_line(pose, language) for pose in poses[:POSES_SHOWN]]
    more = len(poses) - POSES_SHOWN
    return [*lines, say(language, "caption.poses_more", count=more)] if more > 0 else lines


def _pose_line(pose: HeldPose, language: str) -> str:
    facts = {"start": clock(pose.start_s), "end": clock(pose.end_s), "seconds": round(pose.held_s)}
    return say(
        language, "caption.pose", pose=pose_name(pose.name, language), sway_cm=f"{100 * pose.sway_m:.1f}", **facts
    )


@dataclass(frozen=True, slots=True)
class Corrections:
    """What the user said about a set: None where nothing was said."""

    reps: int | None = None
    weight_kg: float | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Which of the sets of one recording it is, counted from 1."""

    number: int
    of: int


def caption(
    report: SetReport,
    language: str,
    units: str,
    said: Corrections = Corrections(),
    place: Place | None = None,
) -> str:
    """The text under the chart, HTML, within Telegram's limit: doubts are cut before numbers are."""
    lines = [
        f"<b>{html(title(report, language, said.reps))}</b>",
        *_place(report, language, place),
        *pose_lines(report.poses, language),
        *_numbers(report, language, units, said),
        *_cue(report, language),
        *_question(report, language),
    ]
    asked = ASKED_ABOUT if likely_names(report.recognition) else ()
    caveats = [caveat for caveat in beside_title(report) if caveat.doubt not in asked]
    for doubt in doubt_sentences(caveats, language):
        if sum(len(line) + 1 for line in lines) + len(doubt) + 10 > CAPTION_LIMIT:
            break
        lines.append(f"<i>· {html(doubt)}</i>")
    return "\n".join(lines)


def beside_title(report: SetReport) -> tuple[Caveat, ...]:
    """The doubts that say more than the title."""
    titled = TITLED if recognised_name(report.recognition, "en") and not report.rep_count else ()
    return tuple(caveat for caveat in report.caveats if caveat.doubt not in titled)


def workout_line(number: int, report: SetReport, language: str, said_reps: int | None = None) -> str:
    """One set of a recording in one line of HTML, with the user's count where they put it right."""
    shown = {"number": number, "title": title(report, language, said_reps)}
    if report.span_s is None:
        return say(language, "workout.line", **shown)
    start, end = map(clock, report.span_s)
    return say(language, "workout.line_when", start=start, end=end, **shown)


def _place(report: SetReport, language: str, place: Place | None) -> list[str]:
    if place is None:
        return []
    if report.span_s is None:
        return [say(language, "caption.place", number=place.number, of=place.of)]
    start, end = map(clock, report.span_s)
    return [say(language, "caption.place_when", number=place.number, of=place.of, start=start, end=end)]


def _numbers(report: SetReport, language: str, units: str, said: Corrections) -> list[str]:
    lines = _tempo(report, language)
    if (rate := reps_a_minute(report)) is not None:
        lines.append(say(language, "caption.pace", rate=round(rate)))
    elif seconds := _under_tension_s(report):
        rough = times_are_unsure(report.caveats)
        lines.append(say(language, "caption.tension_rough" if rough else "caption.tension", seconds=seconds))
    if said.reps is not None:
        lines.append(say(language, "caption.corrected_count", count=said.reps, measured=report.rep_count))
    if said.weight_kg is not None:
        lines.append(say(language, "caption.weight", weight=weight(said.weight_kg, units)))
    return lines


def _under_tension_s(report: SetReport) -> int:
    """Whole seconds; 0 where they are not known, and of what goes by its pace."""
    tension_s = report.tempo.time_under_tension_s if report.tempo else math.nan
    return round(tension_s) if math.isfinite(tension_s) and not goes_by_pace(report.recognition.name) else 0


def _tempo(report: SetReport, language: str) -> list[str]:
    """Rough times are told in half seconds; not at all where a way would have none, and of what goes by its pace."""
    tempo, rough = report.tempo, times_are_unsure(report.caveats)
    if tempo is None or not math.isfinite(tempo.eccentric_s) or goes_by_pace(report.recognition.name):
        return []
    tempo = tempo.to_halves() if rough else tempo
    if rough and not min(tempo.eccentric_s, tempo.concentric_s):
        return []
    told = tempo_parts(tempo, report)
    written = "-".join(f"{seconds:.1f}" for _, seconds in told)
    parts = " – ".join(plain(language, f"caption.tempo_{name}") for name, _ in told)
    return [say(language, "caption.tempo_rough" if rough else "caption.tempo", tempo=written, parts=parts)]


def ways(exercise: str) -> tuple[str, str]:
    """What giving way to the weight and working against it are called, by their keys in the sentences."""
    return (
        ("release", "pull") if exercise in PULLED else ("release", "push") if exercise in PUSHED else ("lower", "lift")
    )


def tempo_parts(tempo: Tempo, report: SetReport) -> tuple[tuple[str, float], ...]:
    """The parts by name with their seconds, as coaches write them: lowering, what is held at the bottom, lifting, what
    is held at the top. A squat pauses at the bottom, a curl at the top; a single repetition has no rest."""
    pause, rest = ("pause", tempo.pause_s), ("rest", tempo.rest_s)
    bottom, top = (rest, pause) if lifts_first(report.recognition.name) else (pause, rest)
    lower, lift = ways(report.recognition.name)
    parts = ((lower, tempo.eccentric_s), bottom, (lift, tempo.concentric_s), top)
    return tuple((name, seconds) for name, seconds in parts if math.isfinite(seconds))


def family_of_blows(report: SetReport) -> str | None:
    """ "punch" or "kick" where that is what was done; None for other exercises."""
    entry = find(report.recognition.name)
    return entry.family if entry is not None and entry.family in BLOWS else None


def reps_a_minute(report: SetReport) -> float | None:
    """How quickly repetitions, or blows, followed one another; None where that is not the point of the exercise, for
    fewer than three, and where it is not known when they were."""
    reps = [rep for rep in report.reps if rep.complete]
    told = goes_by_pace(report.recognition.name) and all(rep.seen for rep in reps)
    return pace.blows_a_minute(reps) if told else None


def _cue(report: SetReport, language: str) -> list[str]:
    """The one thing to mend; where form was looked at and there is none, what it was that was looked at."""
    if report.findings:
        return [f"➤ {html(cue(report.findings[0], language))}"]
    seen = ", ".join(plain(language, f"aspect.{aspect}") for aspect in _form_seen(report))
    return [say(language, "caption.no_fault", aspects=seen[0].upper() + seen[1:])] if seen else []


def _form_seen(report: SetReport) -> tuple[str, ...]:
    """What of the form was held against a rule; nothing where a doubt spoils what was seen."""
    spoiled = any(caveat.doubt not in BESIDE_FORM for caveat in report.caveats)
    return () if report.recognition.coarse or spoiled else report.form_judged


def _question(report: SetReport, language: str) -> list[str]:
    """What the buttons with the likeliest names answer, see `buttons.under_chart`; where nothing was counted, what
    helps."""
    if not (report.rep_count or report.hold_s is not None or is_timed(report)):
        return [" ".join(steps)] if (steps := tuple(_next_steps(report, language))) else []
    if not likely_names(report.recognition):
        return []
    return [say(language, "caption.which_kind" if report.recognition.coarse else "caption.which")]


def _next_steps(report: SetReport, language: str) -> Iterator[str]:
    if likely_names(report.recognition):
        yield say(language, "caption.which_unseen")
    elif recognised_name(report.recognition, language):
        yield say(language, "caption.uncounted")
    if report.source.kind == "clip":
        yield say(language, "caption.film_again")
