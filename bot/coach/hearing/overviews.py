"""Whether a week or a month as a whole is asked about: "how was my week", "summary of the month", "이번 주 어땠어"."""

from __future__ import annotations

import re
from datetime import date

from bot.coach.hearing.spans import NAMED_MONTH, spans_named

WHOLE = (
    r"(?:summar\w+|sum(?:med|s)?(?: it| things)? up|recap\w*|overview|review|report|wrap[- ]?up|roundup|numbers|stats)"
)
ENDS = (
    r"(?: (?:go|gone|went|been|be|going|look(?:ing|in|ed)?|so far|overall|then|for me|in training|training|workouts?"
    r"|coach|please|pls|end up|turn out|like))*[?!.,~ ]*$"
)
SPAN = rf"(?:(?:(?:my|the|this|last|past|whole|training|workout|gym) ){{1,3}}(?:week|month)|(?:in )?(?:{NAMED_MONTH}))"
ASKED = re.compile(
    rf"\bhow(?:'s|s| is| was| has| did| have)(?: i (?:do|done|been doing))? {SPAN}{ENDS}"
    rf"|\bhow (?:am i doing|did i do|was (?:my )?training|did (?:my )?training go|was it) {SPAN}{ENDS}"
    rf"|\bwhat(?:'s|s| is| was| did| does) {SPAN} look(?:ing|in|s)?\b"
    rf"|\b{WHOLE}\b.{{0,24}}\b(?:week|month|{NAMED_MONTH})\b(?!ly)"
    rf"|\b(?:{NAMED_MONTH})(?:'s)? {WHOLE}\b"
    r"|\d{1,2}월(?:의|은|는|에|을|를)? ?(?:운동 ?|훈련 ?)?(?:은|는|을|를)? ?(?:어땠|요약|정리|결산|리뷰|총평|평가)"
    rf"|\b(?:week|month)(?:ly|'s|s)? (?:\w+ )?(?:in )?{WHOLE}\b"
    r"|(?:이번|지난|저번|한) ?(?:주|달)(?:간|의|은|는|에|을|를)? ?(?:동안 ?)?(?:내 ?|제 ?)?(?:운동 ?|훈련 ?|전체 ?)?"
    r"(?:은|는|을|를)? ?(?:좀 |전체적으로 |다 )?(?:어땠|어때|어떴|요약|정리|돌아|결산|리뷰|총평|평가)"
    r"|(?:주간|월간|일주일|한 ?주|한 ?달)(?:간|의|을|를)? ?(?:운동 ?|훈련 ?|기록 ?)?(?:을|를)? ?"
    r"(?:요약|정리|리포트|결산|리뷰|통계)"
)
ELSE = re.compile(  # what is to come, what is asked of one thing, and what is to be sent again and again
    r"\b(?:should|plan\w*|next|every|each|remind\w*|volume|tonnage|protein|calories|sleep|diet)\b|계획|다음|매주|마다|알림|볼륨"
)
LONGEST_CHARS = 120


def overview_asked(said: str, today: date) -> str | None:
    """The name of the week or month whose overview a folded text asks for, this one where it says no more; None where
    it asks for none."""
    if len(said) > LONGEST_CHARS or ELSE.search(said) or not ASKED.search(said):
        return None
    named = spans_named(said, today)
    if len(named) > 1:
        return None  # two are held against each other
    if named:
        return named[0]
    return "this_month" if re.search(r"month|월간|한 ?달", said) else "this_week"
