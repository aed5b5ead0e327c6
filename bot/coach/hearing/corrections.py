"""What a user puts right in words: "that was a front squat", "I did nine", "it was 65 kilos"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.coach.facts.estimates import POUNDS_PER_KG
from bot.coach.hearing.intents import Listener
from bot.coach.hearing.numbered import NUMBER_WORDS, TEENS
from bot.coach.hearing.typed import spelled_out
from bot.coach.words import folded

ALL_NUMBERS = (*NUMBER_WORDS, *TEENS, "twenty")
KOREAN_COUNTS = ("한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
COUNT = (  # "one hundred and ten" and "twenty five" are no counts of a few repetitions
    rf"(?P<count>\d{{1,3}}(?!\d)|(?:{'|'.join(ALL_NUMBERS)})(?!\w| hundred|[ -](?:{'|'.join(NUMBER_WORDS)})\b))"
)
ASKS = re.compile(
    r"\?|얼마나|몇 ?(?:개|번|회|초|도|키로|킬로|kg|세트)|언제|어때|어땠|어떻|나요|까요|인가"
    r"|^(?:(?:and|so|but|then|ok|wait|well|hm+),? )*"
    r"(?:how|what|which|why|when|where|was|were|did|do|does|is|are|am|can|could|should|would|if)\b"
)
SAYS = r"(?:that|this|it|they|those)(?:'?s| is| was|'re| are| were)"
ELSEWHEN = re.compile(
    r"\b(?:yesterday|today|tomorrow|last|ago|day|days|week|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"after|before|then|later|also|too|and|with|for|because|next|first|good|great|nice|hard|easy|tough)\b"
)
IT_WAS = re.compile(
    rf"\b{SAYS} (?:actually |really |clearly |supposed to be )?(?:an? |my |the )?(?P<is>.+)"
    r"|\bi (?:actually |really )?(?:did|was doing|meant) (?:an? |my |the )?(?P<did>.+)"
    r"|\bshould (?:be|say|have been) (?:an? )?(?P<should>.+)"
    r"|\b(?:rename|change|correct|relabel|switch|set|count) (?:it|this|that|(?:the|this) (?:set|exercise|name)) "
    r"(?:to|into|as) (?:an? )?(?P<to>.+)"
    r"|^(?:아니 |아니야 |아뇨 |이거 |그거 |이건 |그건 |사실 )*"
    r"(?P<korean>[가-힣 ]{2,20}?)(?:(?:이?었|였)(?:어|어요|는데|는데요|음|습니다)|이?야|이에요|예요|입니다)$"
)
ANOTHER_CLAUSE = re.compile(r",? (?:and|but|so) (?:i|it|the|my|we|you|please)\b|,? with (?=\d)|[,;] (?=i\b)")
NOT = re.compile(r"\b(?:not|isn't|isnt|wasn't|wasnt|weren't|werent|aren't|no)\b (?:an? |my |the )?")
BUT = re.compile(r"\b(?:but|it was|that was|rather|instead)\b")
DID = re.compile(
    r"(?<!\bdo )(?<!\bdid )(?<!\bcan )(?<!\bwill )(?<!\bif )(?<!\bwhen )(?<!\buntil )(?<!\btill )"
    r"\bi (?:actually|really|definitely|clearly|def)? ?"
    rf"(?:did|got|made|counted|hit|managed|had|meant|threw|landed|completed) {COUNT}\b"
    r"(?! (?:sets?|kg|kilos?|lbs?|pounds?|days?|weeks?|times a|hours?|minutes?|seconds?|exercises?|workouts?))"
    rf"|\b(?:it|that|there) (?:was|were) (?:actually |really )?{COUNT.replace('count', 'was')} "
    r"(?:reps?|not\b|of them|repetitions)"
    rf"|\b(?:my \w+|he|she|they|we) (?:counted|says?|said|saw|got) {COUNT.replace('count', 'others')}\b"
    rf"|\bshould be {COUNT.replace('count', 'should')} ?(?:reps?)?$"
    r"|\b(?:change|correct|fix|set|update) "
    r"(?:it|this|that|(?:the |this |my )?(?:set|count|number|reps?)(?: count)?) to "
    rf"{COUNT.replace('count', 'changed')}(?: reps?)?$"
    rf"|(?P<korean>\d{{1,3}}|(?:{'|'.join(KOREAN_COUNTS)})(?= ?(?:개|회)))\s*(?:개|회|번)\s*"
    r"(?:(?:으?로) ?(?:바꿔|고쳐|수정|변경)|"
    r"였|했는데|했어(?:요)?$|했습니다|인데|야$|예요|맞아|(?:한|인) ?(?:것|거) ?같|같)"
)
BARE = re.compile(
    r"(?:(?:no|nope|nah|hm+|ok|well|wait|actually|but|sorry|uh|um|so|i mean),? )*"
    r"(?:(?:i(?:'d| would)? (?:think|thought|guess|believe|reckon|say|make it|mean|meant)|i'm (?:pretty |quite )?sure|"
    r"pretty sure|maybe|probably|perhaps|(?:must|should|might|could) (?:have been|be)|(?:it )?felt like|looked like)"
    r"(?: that)? ?)?"
    r"(?:(?:it|that|there|this)(?:'s| is| was| were)|it must have been)? ?"
    r"(?:actually |really |only |more like |about |around )?"
    rf"{COUNT}(?: reps?| of them)?(?:,? (?:not|instead of|rather than) \w+)?"
    r"(?:,? (?:actually|though|tho|no|i think|coach))?[.! ]*"
)
DENIES = (
    r"(?:no|nope|nah|wait|hold on|actually|sorry|but|wrong|incorrect|that'?s wrong|that is wrong|i mean|um+|uh+|hm+)"
)
SURE = re.compile(  # what is said plainly, and of nothing else: it is done, and can be taken back
    rf"(?:(?:only |just )?\d{{1,3}}\?+[,.]? +)?(?P<denied>{DENIES}[,.!]? +)*"
    r"(?P<was>(?:(?:it|that|there)(?:'s| is| was| were)|is|did|i (?:actually |really |definitely )?"
    r"(?:did|got|made|hit|counted|managed)|(?:it )?should (?:be|say)"
    r"|(?:change|correct|fix|set) (?:it|the count|the number|the reps|my reps) to) +)?"
    rf"(?:actually |really |definitely )?{COUNT}(?P<reps> reps?| repetitions)?"
    r"(?:,? (?:not|instead of|rather than) \w+)?"
    r"(?:,? (?:actually|though|tho|coach|bro|bruh|dude|man|ok|please|lol|for sure|definitely|i(?:'m| am) sure))?[.! ]*"
)
SURE_KOREAN = re.compile(
    r"(?:(?:아니(?:야|요|에요)?|아뇨|아냐|틀렸어요?|사실은?|정확히는?|근데),? *)*"
    r"(?:그거|이거|그건|이건|저|저는|나|난|나는)? *"
    rf"(?P<count>\d{{1,3}}|{'|'.join(KOREAN_COUNTS)}) *(?:개|회|번) *"
    r"(?:였|이었|했|야|예요|이에요|입니다|로 ?(?:바꿔|고쳐|수정|변경))[가-힣 ]{0,8}[.! ~]*"
)
OF_A_COUNT = re.compile(r"\b(?:reps?|repetitions|count\w*|did|got|made|hit|managed)\b|개|회|번")
WRONG_NAME = re.compile(
    r"(?:no|nope|hey|coach|but|sorry)?,? ?(?:(?:that|this|it)(?:'?s| is| was)|you (?:have|got|chose))? ?(?:the |an? )?"
    r"(?:wrong|incorrect) (?:exercise|name|movement|lift)[.! ]*"
    r"|(?:that|this|it)(?:'?s| is| was|) ?(?:not|isn'?t|wasn'?t) (?:the |my )?(?:right |correct )?"
    r"(?:exercise|movement|lift)[.! ]*"
    r"|(?:the )?(?:exercise|name) is (?:wrong|incorrect|not right)[.! ]*"
    r"|(?:운동|이름|종목)(?:이|을)? ?(?:틀렸|잘못)[가-힣 ]{0,8}[.!~ ]*"
    r"|(?:이|그) ?운동 ?(?:이)? ?아니[가-힣]{0,4}[.!~ ]*"
)
WISHING = re.compile(
    r"^(?:please |(?:can|could|would) you (?:please )?)(?=(?:rename|change|correct|relabel|switch|set|count) )"
)
LONGEST_CHARS = 120  # who says more says more than a count
MOST_MISSED = 3  # repetitions beyond twice those counted; a larger bare number is a weight or a time: the house's value
ANOTHER_TIME = re.compile(
    r"\b(?:last|a|two|few) (?:years?|months?|weeks?|summers?|winters?|spring|autumn|fall|night|time|session)\b"
    r"|\b(?:ago|yesterday|back then|back in|used to|years|in (?:high )?school|college|when i was|in (?:19|20)\d\d"
    r"|before (?:the|my|i|this|that|today)|the other day)\b|작년|재작년|예전|옛날|지난|저번|어제|그때|[년달주] ?전|때는"
)
MISSED = re.compile(
    r"\b(?:last|final|first|second|third|half|partial|failed) (?:one|rep)s? (?:did|does|should|must) (?:\w+ )?count\b"
    r"|\bcount (?:the|that|my) (?:last|final|half|partial|first) (?:one|rep)\b|\bthat (?:one )?(?:did|should) count\b|"
    rf"\byou (?:missed|forgot|skipped|left out|overlooked) (?:an?|some|{'|'.join(ALL_NUMBERS)}|\d+|\w+ of my)?\s*"
    r"(?:reps?|of them)\b|\byou (?:missed|forgot|skipped) (?:one|two|three|a few|some)$"
)
WEIGHED = re.compile(
    r"\b(?:(?:it|that|the (?:weight|bar|load)) (?:was|is)|i (?:used|loaded|put on|did (?:it|this|that) with)) "
    r"(?:actually |really |only |about )?(?P<value>\d{1,3}(?:[.,]\d)?)\s*"
    r"(?P<unit>kgs?|kilos?|lbs?|pounds?)\b"
    r"|(?P<korean>\d{1,3}(?:[.,]\d)?)\s*(?:킬로|키로|kg)\s*(?:였|인데|이었|예요|이에요|임(?![가-힣])|입니다|로 ?했)"
)


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be put right: another exercise (its slug), count or weight, or exercise and weight; all None:
    repetitions were missed."""

    exercise: str | None = None
    reps: int | None = None
    weight_kg: float | None = None


def correction(text: str, listener: Listener) -> Correction | None:
    """What a message puts right; None for a question, and for all other talk."""
    said = re.sub(r"\bu\b", "you", folded(text).strip())
    if WISHING.match(said):
        said = WISHING.sub("", said).rstrip("?!. ")
    if ASKS.search(said) or ASKS.search(" ".join(spelled_out(said))):  # "wat day did i hit 455"
        return None
    if ANOTHER_TIME.search(said):
        return None
    if found := WEIGHED.search(said):
        return Correction(exercise=_named(said, listener), weight_kg=_kilograms(found))
    if found := DID.search(said):
        return Correction(reps=as_count(next(group for group in found.groups() if group)))
    if MISSED.search(said):
        return Correction()
    named = _named(said, listener)
    return Correction(exercise=named) if named else None


def is_wrongly_named(text: str) -> bool:
    """Whether a message says that the exercise is wrong, and not what is right."""
    return WRONG_NAME.fullmatch(folded(text).strip()) is not None


def bare_count(text: str, counted: int) -> Correction | None:
    """What "i think it was 6" or "no, six" puts right, where it may be a count instead of the one that was counted."""
    said = folded(text).strip()
    found = BARE.fullmatch(said) if len(said) <= LONGEST_CHARS else None
    number = as_count(found["count"]) if found and found["count"] != said else 0
    return Correction(reps=number) if 0 < number <= 2 * counted + MOST_MISSED else None


def sure_count(text: str, counted: int, before: str | None) -> int | None:
    """The count that a message plainly puts instead of the one that holds; None where it is in doubt, asked, or may be
    of something else. `before` is what was said to the user before it, None where nothing was."""
    said = folded(text).strip()
    found = (SURE.fullmatch(said) or SURE_KOREAN.fullmatch(said)) if len(said) <= LONGEST_CHARS else None
    if found is None or (found.re is SURE and not (found["denied"] or found["was"] or found["reps"])):
        return None
    number = as_count(found["count"])
    of_count = OF_A_COUNT.search(said) or before is None or re.search(rf"(?<!\d){counted} (?:\w+ )?reps?\b", before)
    return number if of_count and 0 < number <= 2 * counted + MOST_MISSED and number != counted else None


def _named(said: str, listener: Listener) -> str | None:
    """The exercise that it was, where one is said to be wrong or to be the right one."""
    found = IT_WAS.search(said)
    if found is None:
        return None
    rest = ANOTHER_CLAUSE.split(next(group for group in found.groups() if group))[0]
    if NOT.search(said):
        rest = next((part for part in reversed(BUT.split(rest)) if not NOT.match(part.strip())), "")
        rest = NOT.split(rest)[0]
    return None if len(rest.split()) > 5 or ELSEWHEN.search(rest) else listener.mentioned(rest)


def as_count(said: str) -> int:
    """A count in figures or words as a number."""
    if said.isdecimal():
        return int(said)
    return next(row.index(said) + 1 for row in (ALL_NUMBERS, KOREAN_COUNTS) if said in row)


def _kilograms(found: re.Match[str]) -> float:
    value = float((found["value"] or found["korean"]).replace(",", "."))
    return value / POUNDS_PER_KG if (found["unit"] or "").startswith(("lb", "pound")) else value
