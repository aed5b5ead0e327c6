"""A share of the one-repetition maximum that a text wants as a weight: "80% of my e1RM", "내 1RM의 80%"."""

from __future__ import annotations

import re

from bot.coach.words import folded

SHARE = re.compile(
    r"(?P<percent>(?<![\d.])\d{1,3}) ?(?:%|percent\b|per cent\b|pct\b) (?:(?:of|from) (?:[a-z'-]{1,15} ){0,5}?)?"
    r"(?:e?1 ?-?rm|orm|one[ -]rep(?:etition)?[ -]max(?:imum)?|max(?:imum)?)\b"
    r"|(?:1 ?rm|최대(?: ?중량| ?무게)?|1회 ?최대(?: ?중량| ?무게)?|맥스)(?:의|에서|에)?"
    r" ?(?P<korean>\d{1,3}) ?(?:%|퍼센트|프로)"
)
BARE = re.compile(
    r"[^\w%]*(?P<percent>\d{1,3}) ?(?:%|percent|퍼센트|프로)(?: (?:is|of it|of that|of what i can do))?[^\w%]*"
)
OF_SOMETHING_ELSE = re.compile(
    r"\b(?:reps?|sets?|why|good|enough|safe|too|was|did|times|often|weeks?|failure|heart|hr|pulse)\b"
    r"|몇 ?(?:회|번|세트|개)|왜|좋|충분|괜찮|안전|심박"
)
SHARE_WANTED = re.compile(
    r"\b(?:what|which|how many|how much)(?: is| was|'s)?(?: the| that)? ?(?:%|(?:percent(?:age)?|pct)\b).{0,40}?"
    r"\b(?:e?1 ?-?rm|one[ -]rep[ -]max|max(?:imum)?)\b(?! heart)"
    r"|(?:1 ?rm|원알엠|최대(?: ?중량)?|맥스)(?:의|에서)? ?몇 ?(?:%|퍼센트|프로)"
)
LEAVE = re.compile(r"\b(?:should|can|could|do|train|lift|work)\b|해야|할까|하면|해도")
WEIGHT = re.compile(
    r"\bhow (?:much|heavy|many (?:kg|kilos|pounds|lbs?))\b|\b(?:what|which) (?:weight|load)\b"
    r"|얼마|몇 ?(?:kg|킬로|키로|파운드|lb)"
)


def share_asked(text: str) -> int | None:
    """The percentage (1..100) of which a text wants the weight; None where it asks for none, or for what to do at it.

    More than the maximum is no load to be told.
    """
    said = folded(text)
    if bare := BARE.fullmatch(said):
        return _share(bare["percent"])
    found = SHARE.search(said)
    if found is None:
        return None
    beside = f"{said[: found.start()]} {said[found.end() :]}"
    if OF_SOMETHING_ELSE.search(beside) or (LEAVE.search(beside) and not WEIGHT.search(beside)):
        return None
    return _share(found["percent"] or found["korean"])


def asks_share(text: str) -> bool:
    """Whether a text asks which percentage of the maximum a set was: "what percentage of my max was that"."""
    return SHARE_WANTED.search(folded(text)) is not None


def _share(percent: str) -> int | None:
    return int(percent) if 1 <= int(percent) <= 100 else None
