"""The texts of the pictures, in the user's language. Apart from `captions.py`: only workers load what draws."""

from __future__ import annotations

from bot.sentences import plain, plain_as_is
from bot.words.captions import beside_title, is_timed, title, ways
from bot.words.names import exercise_name, pose_name, sureness
from bot.words.replies import doubt_sentences
from pipeline.catalogue import keeps_moving
from pipeline.chart import ChartWords, ProgressWords, can_draw
from pipeline.values import UNKNOWN, Recognition, SetReport, times_are_unsure


def chart_words(report: SetReport, language: str, said_reps: int | None = None) -> ChartWords:
    """The chart's texts in the user's language, or in English where no font here can draw it; `said_reps` is the user's
    own count, beside which the picture tells how many repetitions it shows."""
    spoken = drawable(language)
    lower, lift = ways(report.recognition.name)

    def text(key: str) -> str:
        return plain(spoken, f"chart.{key}")

    return ChartWords(
        title=title(report, spoken, said_reps),
        subtitle=_recognised(report.recognition, spoken) if said_reps is None else _counted(report, spoken),
        curve=_heading(report, spoken),
        bars=text("bars"),
        lowering=plain(spoken, f"chart.way_{lower}"),
        pause=text("pause"),
        lifting=plain(spoken, f"chart.way_{lift}"),
        rest=text("rest"),
        out=text("out"),
        back=text("back"),
        tension=text("tension"),
        partial=text("partial"),
        no_reps=text(_notice(report)),
        untimed=text("untimed"),
        held=text("moved" if keeps_moving(report.recognition.name) else "held"),
        steadiness=text("steadiness"),
        second=text("second"),
        pace=text("pace"),
        hardest=text("hardest"),
        typical=text("typical"),
        poses=text("poses"),
        pose_names=tuple(pose_name(pose.name, spoken) for pose in report.poses),
        doubts=doubt_sentences(beside_title(report), spoken),
        footnote=_footnote(report, spoken),
    )


def progress_words(language: str, units: str) -> ProgressWords:
    """The progress chart's texts in the user's language, or in English where no font here can draw it."""
    spoken = drawable(language)
    keys = ("title", "subtitle", "reps", "held", "weight", "tension", "second", "empty", "day", "footnote")
    return ProgressWords(weight_unit=units, **{key: plain_as_is(spoken, f"progress_chart.{key}") for key in keys})


def _footnote(report: SetReport, language: str) -> str:
    """How exact the times are; nothing where none is told, or a doubt says that they are not."""
    if times_are_unsure(report.caveats) or not any(rep.seen for rep in report.reps):
        return ""
    return plain(language, f"chart.{'footnote_log' if report.source.kind == 'log' else 'footnote'}")


def drawable(language: str) -> str:
    """The language itself, or English where no font of this machine can draw it."""
    return language if can_draw(exercise_name("squat", language)) else "en"


def _heading(report: SetReport, language: str) -> str:
    """What the curve shows, in words that say what its unit is of."""
    if report.rep_count and report.curve.unit == "%":
        return plain(language, "chart.of_a_rep")
    label = report.curve.label.replace(" ", "_")
    return plain(language, f"curve.{label}" if label else "chart.curve")


def _notice(report: SetReport) -> str:
    """What stands where the figures would: the title of a known exercise says already that nothing of it was seen."""
    if is_timed(report):
        return "nothing_timed"
    return "see_most" if report.recognition.known and report.source.kind == "clip" else "nothing"


def _counted(report: SetReport, language: str) -> str:
    return plain(language, "chart.your_count", measured=report.rep_count)


def _recognised(recognition: Recognition, language: str) -> str:
    if recognition.given or recognition.as_before or recognition.name == UNKNOWN:
        return ""
    return plain(language, "caption.sure", percent=sureness(recognition))
