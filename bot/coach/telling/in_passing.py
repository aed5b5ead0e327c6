"""What a message tells in passing: that it hurts, that it hurts less now, what a doctor said."""

from __future__ import annotations

import re

from bot.coach.facts import Facts
from bot.coach.hearing.intents import THRESHOLDS, Question
from bot.coach.telling.intent_table import ABOUT_THE_SET
from bot.coach.words import folded

HURTS = re.compile(
    r"\b(?:it|that|this) (?:still |really |only |just )*(?:hurts?|aches?|is painful)\b"
    r"|\b(?:with|despite|through|in|have|having|some) (?:the |this |some |a bit of |any )?pain\b"
    r"|아파|아픈데|아프네|통증|찌릿|욱신|(?:당기|땡기|저리)(?:는|네)"
)
LIKE_PAIN = re.compile(
    r"^(?:and |it'?s |it is |kind of |more )*(?:sharp|stabbing|burning|throbbing|dull|pinching|shooting)\b"
    r"|^since (?:yesterday|last|this|a|two|three|monday|tuesday|wednesday|thursday|friday)\b|^찌르|^욱신|^어제부터"
)
STOPS = re.compile(
    r"^(?:so |ok |and )*(?:should|do|must) i (?:have to )?(?:stop|rest|pause)\b"
    r"|^(?:그만|멈|쉬어)[가-힣 ]*(?:할까|해야|야 ?)"
)
SHARP = re.compile(
    r"\b(?:sharp|stabbing|shooting|pinch(?:es|ing|y)?)\b.*\b(?:hips?|knees?|shoulders?|back|elbows?|wrists?|ankles?|neck|groin)\b"
    r"|\b(?:hips?|knees?|shoulders?|back|elbows?|wrists?|ankles?|neck|groin)\b.*\b(?:sharp|stabbing|pinch(?:es|ing|y)?)\b"
)
BETTER_NOW = re.compile(
    r"(?:(?:and|but|ok|yeah|well|it|it's|its|that|feels?|is|a (?:bit|little|lot)|much|already|getting|hurts) ?)*"
    r"(?:better|less|eased off|gone)(?: now| today| already| again)*[.! ]*"
    r"|(?:이제|지금은|오늘은|좀|조금|많이|한결|아까보다) ?(?:나아졌|괜찮아졌|덜 ?아[프파]|좋아졌)[가-힣]*[.!~ ]*"
)
DOCTOR_SAID = re.compile(
    r"\b(?:doctor|physio\w*|gp|surgeon|specialist|chiro\w*)\b.*\b(?:said|says|told|tells|thinks|diagnosed|found)\b"
    r"|(?:병원|의사|물리치료)[가-힣]*.*(?:대요|래요|더라고요?|했어요|하네요|하셨|라고)"
)


def told_beside(asked: Question, facts: Facts) -> str | None:
    """What is said to a message that tells, and asks nothing: that it hurts less now, or what a doctor said."""
    said = folded(asked.text).strip()
    if facts.spared and BETTER_NOW.fullmatch(said):
        return "better_now"
    unheard = asked.target is None or asked.score < THRESHOLDS.heard
    return "doctor_said" if unheard and DOCTOR_SAID.search(said) and not said.endswith("?") else None


def of_pain(asked: Question, facts: Facts) -> bool:
    """Whether a message that sounds like a question on the set tells of pain: "it hurts at the bottom", "sharp"."""
    said = folded(asked.text).strip()
    on_the_set = asked.target is None or asked.target in ABOUT_THE_SET or _by_likeness_alone(asked, said)
    return ((on_the_set or bool(asked.topic)) and bool(SHARP.search(said))) or (
        on_the_set and bool(HURTS.search(said) or (facts.spared and (LIKE_PAIN.match(said) or STOPS.match(said))))
    )


def _by_likeness_alone(asked: Question, said: str) -> bool:
    """Whether a topic was hardly heard, or in next to no words; care for a part of the body is pain's own."""
    hardly = asked.score < THRESHOLDS.heard and not (asked.target or "").endswith("_care")
    return asked.topic is not None and (len(said) < 12 or hardly)
