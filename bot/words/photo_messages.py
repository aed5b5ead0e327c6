"""What is said of a photo: the caption under it and the words drawn on it. No I/O."""

from __future__ import annotations

from collections.abc import Sequence

from bot.sentences import plain, say
from bot.words.captions import CAPTION_LIMIT
from bot.words.names import exercise_name, sureness
from bot.words.replies import doubt_sentences, html
from pipeline.catalogue import exercises, family_name
from pipeline.catalogue.pose import pose_groups, yoga_poses
from pipeline.photo.answer import group_of, large_group_of
from pipeline.photo.report import Difference, JointSide, PhotoReport
from pipeline.photo.words import PhotoWords
from pipeline.values import UNKNOWN, Candidate, Doubt

MOST_DIFFERENCES = 3  # more than a few changes at once nobody makes
MOST_LIKELY = 3  # names: as many as fit under a thumb
PERHAPS = 0.3  # from here on an unsure picture is headed by its likeliest name, with its doubt
LEAST_LIKELY = 0.05  # under it nobody wants to be asked whether it was that instead


def still_name(name: str, language: str) -> str:
    """What a pose, an exercise or a group of either is called; "unknown exercise" where nothing is called so."""
    if name in yoga_poses():
        return yoga_poses()[name].names[language]
    if name in pose_groups():
        return pose_groups()[name].names[language]
    return exercise_name(name, language)


def photo_title(report: PhotoReport, language: str) -> str:
    """One line: what the photo shows, as far as that is sure."""
    if report.level == "unknown" or report.said == "no_exercise":
        likely = _headed_by(report)
        return plain(
            language, "photo.title_perhaps" if likely else "photo.title_unknown", names=_named(likely, language)
        )
    if report.level != "name" and report.recognition.name in exercises():
        return family_name(exercises()[report.recognition.name].family, language)
    return still_name(report.said, language)


def photo_caption(report: PhotoReport, language: str) -> str:
    """The text under the drawn photo, HTML, within Telegram's limit: doubts are cut before what differs."""
    lines = [_heading(report, language), *_sure(report, language), *_compared(report, language)]
    for doubt in doubt_sentences(report.caveats, language):
        if sum(len(line) + 1 for line in lines) + len(doubt) + 10 > CAPTION_LIMIT:
            break
        lines.append(f"<i>· {html(doubt)}</i>")
    return "\n".join(lines)


def photo_words(report: PhotoReport, language: str) -> PhotoWords:
    """The words drawn on the photo."""
    parts = [_sanskrit(report), _percent(report, language), _perhaps(report, language)]
    lines = tuple(_short(one, language) for one in report.deviations[:MOST_DIFFERENCES])
    return PhotoWords(photo_title(report, language), " · ".join(part for part in parts if part), lines)


def _headed_by(report: PhotoReport) -> tuple[Candidate, ...]:
    """The one name that an unsure picture is headed by, where one is likely enough."""
    likely = likely_stills(report)[:1] if report.level == "unknown" else ()
    return tuple(one for one in likely if one.confidence >= PERHAPS)


def _perhaps(report: PhotoReport, language: str) -> str:
    """What else an unsure picture may show."""
    headed = _headed_by(report)
    likely = likely_stills(report)[len(headed) :] if report.level == "unknown" else ()
    return plain(language, "photo.or" if headed else "photo.perhaps", names=_named(likely, language)) if likely else ""


def photo_text(report: PhotoReport, language: str = "en") -> str:
    """The report in lines, for the terminal: what it is, the joints' angles, what differs, the doubts."""
    angles = (
        f"  {_side(one.side, language)} {plain(language, f'joint.{one.joint}')}: {one.angle_deg:.0f}°"
        for one in report.angles_shown
    )
    words = photo_words(report, language)
    head = " · ".join(part for part in (words.title, words.subtitle) if part)
    likely = _likely(report, language)
    doubts = (f"· {sentence}" for sentence in doubt_sentences(report.caveats, language))
    return "\n".join([head, *likely, *angles, *words.lines, *doubts])


def _heading(report: PhotoReport, language: str) -> str:
    sanskrit = _sanskrit(report)
    return f"<b>{html(photo_title(report, language))}</b>" + (f" · <i>{html(sanskrit)}</i>" if sanskrit else "")


def _sanskrit(report: PhotoReport) -> str:
    pose = yoga_poses().get(report.said)
    return pose.names["sa"] if pose else ""


def _percent(report: PhotoReport, language: str) -> str:
    if report.recognition.given or report.level == "unknown":
        return ""
    return plain(language, "caption.sure", percent=sureness(report.recognition))


def _sure(report: PhotoReport, language: str) -> list[str]:
    percent = _percent(report, language)
    likely = _likely(report, language)
    return [*([html(percent)] if percent else []), *likely, *_tell(report, language)]


def _tell(report: PhotoReport, language: str) -> list[str]:
    """How to have it named: the photo turned upright or taken from further away, the buttons under it, or its
    caption."""
    buttons = bool(likely_stills(report))
    if report.level == "name":
        return [say(language, "photo.instead")] if buttons else []
    turn = [say(language, "photo.turn")] if report.perhaps_on_its_side else []
    hidden = report.level == "unknown" and any(one.doubt is Doubt.BODY_HIDDEN for one in report.caveats)
    back = [say(language, "photo.step_back")] if hidden and not turn else []
    return [*turn, *back, say(language, "photo.tap" if buttons else "photo.tell")]


def likely_stills(report: PhotoReport) -> tuple[Candidate, ...]:
    """What the photo may show, best first: the likeliest names where it is unsure, else what it may be instead."""
    sure = report.level == "name"
    own = [Candidate(report.recognition.name, report.recognition.confidence)] if report.recognition.coarse else []
    others = [one for one in report.recognition.alternatives if one.confidence >= LEAST_LIKELY or not sure]
    likely = tuple(one for one in (*own, *others) if one.name not in ("no_exercise", UNKNOWN))[:MOST_LIKELY]
    return _kin(report, likely) or likely


def _kin(report: PhotoReport, likely: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Those of the group that is said, where there are several: what is outside it nobody needs to rule out."""
    kin = tuple(one for one in likely if report.said in (group_of(one.name), large_group_of(one.name)))
    return kin if report.level in ("group", "large_group") and len(kin) > 1 else ()


def _likely(report: PhotoReport, language: str) -> list[str]:
    """The likeliest names, where the photo does not show which of them it is."""
    headed, likely = _headed_by(report), likely_stills(report) if report.level != "name" else ()
    others = likely[len(headed) :]
    kind = "photo.also" if headed else "photo.kinds" if _kin(report, likely) else "photo.likely"
    return [say(language, kind, names=_named(others, language))] if others else []


def _named(candidates: Sequence[Candidate], language: str) -> str:
    return ", ".join(dict.fromkeys(still_name(one.name, language) for one in candidates))


def _compared(report: PhotoReport, language: str) -> list[str]:
    """What differs from the pose as it usually is, in words; that nothing does, where it was compared."""
    if not report.differences:
        return []
    if not report.deviations:
        return [say(language, "photo.as_usual")]
    return [_sentence(one, language) for one in report.deviations[:MOST_DIFFERENCES]]


def _sentence(one: Difference, language: str) -> str:
    way = "less" if one.measured_deg < one.reference_deg else "more"
    limb = "arm" if one.joint == "shoulder" else "joint"
    return "➤ " + say(language, f"photo.{limb}_{way}", **_facts(one, language))


def _short(one: Difference, language: str) -> str:
    text = plain(language, "photo.short", **_facts(one, language))
    return text[:1].upper() + text[1:]


def _facts(one: Difference, language: str) -> dict[str, object]:
    return {
        "side": _side(one.side, language),
        "joint": plain(language, f"joint.{one.joint}"),
        "measured": round(one.measured_deg),
        "reference": round(one.reference_deg),
    }


def _side(side: JointSide, language: str) -> str:
    return plain(language, "photo.left" if side == "left" else "photo.right")
