"""What the bot says, composed from the sentences of a language: captions, doubts, problems, lists. No I/O."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot import pace
from bot.executor_errors import DeadlineExceeded, ExecutorError, MemoryExceeded
from bot.sentences import plain, say, sentences
from pipeline.catalogue import family_name, find
from pipeline.catalogue.pose import yoga_poses
from pipeline.errors import AnalysisError
from pipeline.units import KG_PER_LB
from pipeline.values import Caveat, Doubt, Finding, HeldPose, Recognition, SetReport

CAPTION_LIMIT = 1024  # Telegram's, in characters after the entities are parsed
BAR_CELLS = 12
SUREST_PERCENT = 99  # no network is surer than that, whatever it rounds to
BLOWS = ("punch", "kick")
POSES_SHOWN = 8  # a sun salutation's; more would not fit beside the doubts
NAMES_TO_ASK = 3  # as many as a phone shows without scrolling


def exercise_name(name: str, language: str) -> str:
    """What people call the exercise; "unknown exercise" where the catalogue does not hold the slug."""
    entry = find(name)
    if entry is None:
        return plain(language, "exercise.unknown")
    return entry.names.get(language, entry.names["en"])


def recognised_name(recognition: Recognition, language: str) -> str | None:
    """What was done as far as it is known: the exercise, or only its family; None where nothing can be named."""
    entry = find(recognition.name)
    if entry is None or entry.kind == "none":
        return None
    return family_name(entry.family, language) if recognition.coarse else exercise_name(entry.name, language)


def known_name(recognition: Recognition, language: str) -> str:
    """What was done in words that fit any list: `recognised_name`, else that nothing was recognised."""
    return recognised_name(recognition, language) or exercise_name(recognition.name, language)


def sureness(recognition: Recognition) -> int:
    """Percent, never a hundred: nobody is."""
    return min(SUREST_PERCENT, round(100 * recognition.confidence))


def likely_names(recognition: Recognition) -> tuple[str, ...]:
    """The names to ask the user about, best first; none where the exercise is known."""
    others = tuple(candidate.name for candidate in recognition.alternatives)
    if recognition.coarse:
        return (recognition.name, *others)[:NAMES_TO_ASK]
    return () if recognition.known else others[:NAMES_TO_ASK]


def title(report: SetReport, language: str) -> str:
    """One line: what was done and how often, as plain text."""
    if report.poses:
        return _title_of_poses(report.poses, language)
    exercise, count = recognised_name(report.recognition, language), report.rep_count
    if exercise is None:
        key = "caption.title_unknown" if count else "caption.title_unknown_nothing"
        return plain(language, key, count=count)
    if report.hold_s is not None:
        return plain(language, "caption.title_hold", exercise=exercise, seconds=round(report.hold_s))
    counted = f"caption.title_{family_of_blows(report) or 'reps'}"
    return plain(language, counted if count else "caption.title_nothing", exercise=exercise, count=count)


def _title_of_poses(poses: Sequence[HeldPose], language: str) -> str:
    longest = round(max(pose.held_s for pose in poses))
    if len(poses) == 1:
        return plain(language, "caption.title_hold", exercise=pose_name(poses[0].name, language), seconds=longest)
    return plain(language, "caption.title_flow", count=len(poses), seconds=longest)


def pose_name(name: str, language: str) -> str:
    """What people call the yoga pose. Raises KeyError for a slug that is none."""
    return yoga_poses()[name].names[language]


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
        f"<b>{html(title(report, language))}</b>",
        *_place(report, language, place),
        *pose_lines(report.poses, language),
        *_numbers(report, language, units, said),
        *_cue(report, language),
        *_question(report, language),
    ]
    asked = likely_names(report.recognition)
    caveats = [caveat for caveat in report.caveats if not (asked and caveat.doubt == Doubt.EXERCISE_UNSURE)]
    for doubt in doubt_sentences(caveats, language):
        if sum(len(line) + 1 for line in lines) + len(doubt) + 10 > CAPTION_LIMIT:
            break
        lines.append(f"<i>· {html(doubt)}</i>")
    return "\n".join(lines)


def doubt_sentences(caveats: Sequence[Caveat], language: str) -> tuple[str, ...]:
    """A plain sentence for each doubt, in the caveats' order."""
    return tuple(plain(language, f"doubt.{caveat.doubt}", **_worded(caveat.facts, language)) for caveat in caveats)


def problem(error: AnalysisError | ExecutorError, language: str) -> str:
    """What to tell the user when no report is possible, and what to do about it."""
    if isinstance(error, AnalysisError):
        facts = {key: f"{fact:g}" if isinstance(fact, float) else fact for key, fact in error.facts.items()}
        return say(language, f"problem.{snake(type(error).__name__)}", **_worded(facts, language))
    return say(language, f"problem.{EXECUTOR_SENTENCES.get(type(error), 'broken')}")


WORDS_OF_OURS = ("joint", "view", "holds", "sport")  # facts that are codes: each has its own group of words
EXECUTOR_SENTENCES: Mapping[type[ExecutorError], str] = {DeadlineExceeded: "deadline", MemoryExceeded: "memory"}


def progress_bar(share: float, sentence: str) -> str:
    """One line of text that moves: the sentence, a bar and a percentage."""
    within = min(max(share, 0.0), 1.0)
    done = round(within * BAR_CELLS)
    return f"{sentence}\n{'▰' * done}{'▱' * (BAR_CELLS - done)} {within:.0%}"


def weight(weight_kg: float, units: str) -> str:
    """A weight in the user's unit, without needless decimals."""
    value = weight_kg if units == "kg" else weight_kg / KG_PER_LB
    return f"{value:.1f}".removesuffix(".0") + f" {units}"


def ordinal(place: int, language: str) -> str:
    """2 -> "2nd" in English, "2번째" in Korean."""
    if language == "ko":
        return f"{place}번째"
    last = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{last}"


def snake(name: str) -> str:
    """NobodyInView -> nobody_in_view."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def workout_line(number: int, report: SetReport, language: str) -> str:
    """One set of a recording in one line of HTML."""
    shown = {"number": number, "title": title(report, language)}
    if report.span_s is None:
        return say(language, "workout.line", **shown)
    start, end = map(clock, report.span_s)
    return say(language, "workout.line_when", start=start, end=end, **shown)


def clock(time_s: float) -> str:
    """Seconds as a player shows them: 75 -> "1:15"."""
    minutes, seconds = divmod(round(time_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _place(report: SetReport, language: str, place: Place | None) -> list[str]:
    if place is None:
        return []
    if report.span_s is None:
        return [say(language, "caption.place", number=place.number, of=place.of)]
    start, end = map(clock, report.span_s)
    return [say(language, "caption.place_when", number=place.number, of=place.of, start=start, end=end)]


def _numbers(report: SetReport, language: str, units: str, said: Corrections) -> list[str]:
    lines = []
    if report.tempo and math.isfinite(report.tempo.eccentric_s):
        lines.append(say(language, "caption.tempo", tempo=report.tempo))
    pace = blows_a_minute(report)
    if pace is not None:
        lines.append(say(language, "caption.pace", rate=round(pace)))
    elif report.tempo and math.isfinite(report.tempo.time_under_tension_s):
        lines.append(say(language, "caption.tension", seconds=round(report.tempo.time_under_tension_s)))
    if said.reps is not None:
        lines.append(say(language, "caption.corrected_count", count=said.reps, measured=report.rep_count))
    if said.weight_kg is not None:
        lines.append(say(language, "caption.weight", weight=weight(said.weight_kg, units)))
    return lines


def family_of_blows(report: SetReport) -> str | None:
    """ "punch" or "kick" where that is what was done; None for other exercises."""
    entry = find(report.recognition.name)
    return entry.family if entry is not None and entry.family in BLOWS else None


def blows_a_minute(report: SetReport) -> float | None:
    """How quickly punches or kicks followed one another; None for other exercises and for fewer than three."""
    return None if family_of_blows(report) is None else pace.blows_a_minute(report.reps)


def cue(finding: Finding, language: str) -> str:
    """What to do about it, in the user's language; the catalogue's own words where there is no translation."""
    translated = sentences(language).get("cue", {}).get(finding.rule)
    return str(translated or finding.cue)


def _cue(report: SetReport, language: str) -> list[str]:
    return [f"➤ {html(cue(report.findings[0], language))}"] if report.findings else []


def _question(report: SetReport, language: str) -> list[str]:
    """What the buttons with the likeliest names answer, see `buttons.under_chart`."""
    if not likely_names(report.recognition):
        return []
    return [say(language, "caption.which_kind" if report.recognition.coarse else "caption.which")]


def _worded(facts: Mapping[str, float | str], language: str) -> dict[str, object]:
    """Facts that are words of ours (a joint, a view, what a file holds) in the user's language; others as they are."""
    return {
        key: ", ".join(plain(language, f"{key}.{word}") for word in str(value).split())
        if key in WORDS_OF_OURS
        else value
        for key, value in facts.items()
    }


def html(text: str) -> str:
    """The text as Telegram's HTML shows it letter for letter."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
