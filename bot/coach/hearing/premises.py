"""What a message takes for granted of the set in question: "i did 12 right?", "you said 5 before", "so i did 8?"."""

from __future__ import annotations

import re

from bot.coach.facts import Facts
from bot.coach.hearing.corrections import ANOTHER_TIME, BARE, COUNT, KOREAN_COUNTS, LONGEST_CHARS, as_count
from bot.coach.hearing.days import named_days
from bot.coach.words import folded

NO_COUNT = (
    r"(?!\s*(?:%|[.,:]\d|kgs?\b|kilos?\b|lbs?\b|pounds?\b|s\b|secs?\b|seconds?\b|min|hours?\b|days?\b|weeks?\b|sets?\b"
    r"|degrees?\b|deg\b|times a\b|of (?:my|the) sets?\b|workouts?\b|months?\b|years?\b))"
)
DONE = r"(?:did|do|got|get|made|make|hit|managed|had|threw|landed|completed|finished|counted)"
CLAIMS = (
    re.compile(rf"^(?:so|and|but|ok|wait|hm+|well)?,? ?i {DONE} (?:like |about )?{COUNT}{NO_COUNT}[\w ,']{{0,24}}\?*$"),
    re.compile(  # "why did you say 8, i did 9": what the user says counts
        r"\byou (?:said|told|counted|wrote|claimed|say|saw|got|count)\b.{0,24}"
        rf"\bi {DONE} (?:like |about )?{COUNT}{NO_COUNT}"
    ),
    re.compile(
        rf"\bi {DONE} (?:like |about )?{COUNT}{NO_COUNT}.{{0,12}}\byou (?:said|told|counted|wrote|say|saw|got|count)\b"
    ),
    re.compile(
        r"\byou (?:just |already |clearly )?(?:said|told me|counted|wrote|claimed|say)"
        rf"(?: it was| i did| that i did| there were)? (?:only |like )?{COUNT}{NO_COUNT}"
    ),
    re.compile(
        rf"(?P<count>\d{{1,3}}|{'|'.join(KOREAN_COUNTS)})\s*(?:개|회|번)"
        r"(?:이?라(?:고|며|면서|니까|니깐)| ?했다(?:고|니까)| ?했는데| ?했거든| ?한 ?(?:거|것) ?같"
        r"|[가-힣 ]{0,6}(?:잖아|했지|했죠|맞지|맞죠|아니야|아니에요))"
    ),
)
ASKED = re.compile(r"\?|니까|\b(?:right|correct|huh|you)\b|잖아|라고|라며|라면서|지$|죠$|아니|했다|했는데|했거든|같")
OF_MORE = re.compile(r"\btotal\b|\bin all\b|altogether|\btoday\b|\bweek\b|전부|총|모두")
LIFTED = r"(?:lift(?:ed)?|press(?:ed)?|bench(?:ed)?|squat(?:ted)?|deadlift(?:ed)?|pull(?:ed)?|held|hold)"
DONE_THEN = re.compile(
    rf"\b(?:i|we) (?:could |used to )?(?:do|{DONE}|{LIFTED}) (?:like |about |up to )?{COUNT}"
    r"(?! ?(?:times|days|weeks|sets|%))"
    r"|\d{1,3}(?: ?(?:kg|키로|킬로))?(?:을|를|은|는)? ?(?:들었|쳤었|밀었)"
    r"|(?:\d{1,3}|[한두세네]|다섯|여섯|열) ?(?:개|회|번|초)(?:씩)?(?:은|는|도)? ?(?:했|버텼|들었|찍었)"
)
MOST_CLAIMED = 300  # repetitions; "what day did i hit 455" is of a weight
MISTYPED = re.compile(r"\bu\b")


def counted_so(text: str, counted: int) -> bool:
    """Whether a message plainly says the count that holds: "sorry i meant five", "no, eight"."""
    said = folded(text).strip()
    found = BARE.fullmatch(said) if len(said) <= LONGEST_CHARS else None
    return found is not None and found["count"] != said and as_count(found["count"]) == counted


def told_of_then(text: str, facts: Facts) -> bool:
    """Whether a message tells, and does not ask, how many were done at another time: "last year i did 15"."""
    said, days = folded(text).strip(), named_days(text, facts.today)
    if "?" in said or len(said) > LONGEST_CHARS or (facts.this and days and days.hold(facts.this.done_on)):
        return False
    return bool(days or ANOTHER_TIME.search(said)) and DONE_THEN.search(said) is not None


def claimed_reps(text: str) -> int | None:
    """The number of repetitions that a message takes for granted and wants confirmed; None where it does neither."""
    said = MISTYPED.sub("you", folded(text).strip().rstrip(" .!~"))
    if not ASKED.search(said) or OF_MORE.search(said) or ANOTHER_TIME.search(said):
        return None
    found = next((match for pattern in CLAIMS if (match := pattern.search(said))), None)
    count = as_count(found["count"]) if found else None
    return count if count is not None and count <= MOST_CLAIMED else None
