"""Questions that go beyond one set: totals, how often, two weeks or two exercises beside each other."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.coach.facts import Facts
from bot.coach.hearing.days import FROM_TO, done_on, named_days
from bot.coach.hearing.exercise_asked import MOST
from bot.coach.hearing.intents import Question
from bot.coach.hearing.muscles import group_named, group_to_train, group_trained, neglect_asked
from bot.coach.hearing.overviews import overview_asked
from bot.coach.hearing.spans import MONTH, Days, is_month, span_before, spans_named
from bot.coach.hearing.this_beside import this_beside

OF_THE_LOG = frozenset({"sets_known", "often", "since", "most_done"})
OF_ONE_DAY = frozenset({"session_total", "session_count", "count"})  # unless another day is named
NOT_TOTALS = frozenset({"compare_first", "often", "since"})
DID = re.compile(r"\b(?:did|have) i\b|했")
HOW_MANY = re.compile(r"\bhow (?:many|much)\b|\btotal\b|\bnumber of\b|몇|총|얼마")
EVER = re.compile(
    r"\b(?:all[- ]time|lifetime|altogether|so far|ever|since i (?:started|began)|until now|to date)\b"
    r"|지금까지|여태|통틀어|누적"
)
IN_TOTAL = re.compile(r"\b(?:have i|i have|i've)\b.*\b(?:in total|total|overall)\b|다 합[쳐해]|전부 합|모두 합")
TODAY = re.compile(r"\btoday\b|오늘")
OF_TODAY = re.compile(r"\b(?:today|this (?:set|session|workout))\b|오늘|이번 세트")
MOVED = re.compile(r"\b(?:weight|volume|tonnage|tons?|kgs?|kilos?|lbs?|pounds?)\b|무게|볼륨|중량|몇 ?톤|키로|킬로|kg")
VOLUME = re.compile(
    r"^(?!.*\b(?:what is|what's|define|explain|mean\w*|today)\b).*\b(?:volume|tonnage)\b|볼륨(?!이 ?뭐)(?!.*오늘)"
)
COMPARED = re.compile(
    r"\b(?:than|vs\.?|versus|compar\w+|better|worse|more|less|stronger|improv\w+|progress\w*|difference|to|against)\b"
    r"|보다|비교|비해|나아|나았|차이|대비"
)
IS_BETTER = re.compile(
    r"\b(?:was|is|were|has|did) (?:this|last) (?:week|month)(?: been)? (?:any )?(?:better|worse|good|stronger|more)"
    r"|(?:이번|지난|저번) ?(?:주|달)(?:가|이|는|은)? (?:더 )?(?:나아|나았|좋았|잘)"
)
BESIDE = re.compile(r"\b(?:than|vs\.?|versus|compar\w+|difference|between|against)\b|보다|비교|중에?|차이|대비")
EITHER_MORE = re.compile(r"\b(?:more|heavier|stronger|better|faster|slower)\b.*\bor\b")
MINE = re.compile(r"\b(?:my|i|me|vs|versus|compare)\b|[가-힣]")
ADVISED = re.compile(r"\b(?:should|can|could|shall|must|may)\b|할까|해야|좋[을아은나]|나을까|돼\b|되나|차이점|효과")
IN_GENERAL = re.compile(r"\b(?:vs\.?|versus|better|difference|compared?|or)\b|차이|비교|낫|나아|나은|좋아|좋을|이랑|vs")
IN_ORDER = re.compile(r"\b(?:first|before|after|order)\b|먼저|순서|다음에")
WHEN_LAST = re.compile(
    r"\bwhen\b|\blast when\b|\b(?:my|the) last\b|\blast (?:time|day|session|workout|trained|did|worked|hit)\b"
    r"|\bhow (?:long|many days) (?:ago|since|has)\b|언제|마지막|얼마나 ?(?:됐|지났|됬)|며칠"
)
LAST_WORKOUT = re.compile(
    r"\bhow (?:long|many days)\b.*\b(?:since|without|ago)\b.*\b(?:train\w*|work\w*|lift\w*|exercis\w*|gym|session)\b"
    r"|\bwhen (?:did i last|was the last time i) "
    r"(?:train\w*|work(?:ed)? ?out|lift\w*|exercis\w*|go(?:ne)? to the gym)"
    r"[?!. ]*$|운동(?:을)? ?(?:안 ?한|쉰|한) ?지 ?(?:며칠|얼마나)"
    r"|마지막(?:으로|에)? ?운동(?:한|을)?[^세트]{0,8}(?:언제|며칠)"
)
LAST_FEW = re.compile(
    r"\b(?:last|past|previous) (?:few|couple(?: of)?|two|three|four|five|\d) (?:sessions?|workouts?|times|sets)\b"
    r"|(?:지난|최근|마지막) ?(?:몇|두|세|네|\d) ?(?:번|세트|회)"
)
HOW_REGULARLY = re.compile(r"\bwhen\b|\boften\b|\bhow many (?:times|days)\b|\bevery\b|언제|자주|매일|몇 번")
HOW_OFTEN = re.compile(r"\bhow (?:often|regularly|frequently)\b|얼마나 자주|몇 번")
IMPROVING = r"(?:improving|progressing|stalling|plateauing|stuck|stronger|better|weaker|worse)"
GROWN = re.compile(
    r"\b(?:which|what) (?:lifts?|exercises?|movements?)\b.*\b(?:improv\w*|progress\w*|gain\w*|grow\w*|grew|up|down"
    r"|least|stall\w*|stuck|plateau\w*|better|worse|weaker|stronger|behind)\b"
    r"|\bmost improved (?:lift|exercise|movement)\b"
    r"|\bwhat(?:'s|s| is| am i| has| have i| did i)\b.*"
    rf"\b(?:improved|g[eo]t(?:ting)? {IMPROVING}|(?:gone|going) up|progressed|stalled|improving|stalling|stuck)\b"
    rf"|\bam i (?:\w+ )?{IMPROVING}(?: (?:at|in|on|with))? (?:any|some|every|all)\w*"
    r"|(?:뭐가|무엇이|뭘|(?:어떤|어느|무슨) ?(?:운동|종목|게|거)\S*)"
    r".*(?:늘|좋아[지졌]|나아[지졌]|발전|향상|성장|줄었|약해|정체)"
)
THREE_LIFTS = re.compile(
    r"\bsbd\b|\b(?:big (?:three|3)|powerlifting|3 lifts?|three lifts?)\b.*\b(?:total|sum|added|combined)\b"
    r"|\btotal (?:of|for|on|across) (?:the|my) (?:big )?(?:three|3)\b|(?:3|삼)대 ?(?:합|총|중량|기록|몇|\d)"
    r"|^(?=.*\b(?:total|sum)\b)(?=.*\bsq)(?=.*\b(?:bench|bp)\b)(?=.*\b(?:dl|dead))"
)
DAY_TOTAL = re.compile(
    r"\btoday(?:'?s)? (?:totals?|volume|tonnage|sums?|numbers|tally|work)\b"
    r"|\b(?:totals?|volume|tonnage|tally|sum|add(?:ed)? up|altogether|in all|combined)\b.*\b(?:today|yesterday|day)\b"
    r"|\b(?:today|yesterday)\b.*\b(?:totals?|tonnage|volume|altogether|in all|combined|add(?:ed)? up)\b"
    r"|\bhow (?:much|many (?:kgs?|kilos?|pounds?|lbs?|tons?))\b.*\b(?:lift|move|shift)\w*\b.*\b(?:today|yesterday)\b"
    r"|(?:오늘|어제).*(?:모두|전부|다) ?(?:해서 ?)?(?:얼마|몇)"
    r"|(?:오늘|어제).*(?:총|합계|합쳐|합하|합해|볼륨|다 더|모두 더|토탈|통틀어)|(?:총|합계|볼륨|토탈).*(?:오늘|어제)"
)
HOW_LONG_AGO = re.compile(
    r"\bhow (?:many days|long)"
    r"(?: ago\b|(?: (?:is|has) it(?: been)?)? since (?!i (?:started|began|first|joined|signed)\b))"
    r"|며칠 ?(?:전|만|됐|지났)|얼마나 ?(?:됐|지났)"
)
DAY_TOTAL_WORDS = 30  # who says more tells a story
FASTER = re.compile(r"\b(?:slow|fast|quick)\w*|\b(?:tempo|speed|pace)\b|느|빠|빨|속도|템포")


def over_time(asked: Question, said: str, facts: Facts) -> Question | None:
    """The question with the days or the other exercise that it is of; None where it asks for nothing of the kind."""
    if THREE_LIFTS.search(said):
        return replace(asked, target="three_lifts", score=1.0)
    if asked.target == "when_last" and LAST_FEW.search(said):
        return replace(asked, target="progress", score=1.0)
    if asked.exercise and HOW_LONG_AGO.search(said):
        return replace(asked, target="when_last", score=1.0)
    if asked.exercise is None and (group := group_to_train(said)):
        return replace(asked, target="muscle_picks", group=group, score=1.0)
    if (name := overview_asked(said, facts.today)) and not COMPARED.search(said):
        return replace(asked, target="overview", spans=(name, span_before(name, facts.today)), score=1.0)
    if spans := _two_spans(said, facts.today):
        return replace(asked, target="versus_days", spans=spans, score=1.0)
    if found := this_beside(asked, said, facts):
        return found
    if asked.other and _of_two_exercises(asked, said, facts):
        return replace(asked, target="versus_exercise", score=1.0)
    if asked.other and IN_GENERAL.search(said) and not IN_ORDER.search(said):
        return replace(asked, target="versus_muscles", score=1.0)
    if asked.exercise is None and GROWN.search(said) and not ADVISED.search(said):
        return replace(asked, target="grown", score=1.0)
    if asked.exercise is None and LAST_WORKOUT.search(said) and not (ADVISED.search(said) or group_named(said)):
        return replace(asked, target="last_workout", score=1.0)
    if asked.target in OF_ONE_DAY and TODAY.search(said) and _none_today(facts):
        return replace(asked, target="day_total", score=1.0)
    days = named_days(said, facts.today)
    if asked.target == "best" and days is not None and not (days.hold(facts.today) or COMPARED.search(said)):
        return replace(asked, target="days", days=days, score=1.0)
    if neglect_asked(said) and (asked.exercise is None or "skipping" in said):  # which is jumping rope, too
        return replace(asked, target="muscle_neglected", days=days, score=1.0)
    if asked.exercise is None and _of_a_day(said) and not (ADVISED.search(said) or COMPARED.search(said)):
        return replace(asked, target="day_total", days=days, score=1.0)
    if found := _of_muscles(asked, said, days):
        return found
    if VOLUME.search(said) and (days or asked.exercise) and not (ADVISED.search(said) or COMPARED.search(said)):
        return replace(asked, target="sets_known", days=days, score=1.0)
    summed = asked.target in OF_ONE_DAY and days is not None and not COMPARED.search(said)
    summed = summed and (asked.target != "count" or done_on(said, facts.today) is None)
    if asked.target in OF_THE_LOG or summed or _totals(asked, said):
        return replace(asked, target=asked.target if asked.target in OF_THE_LOG else "sets_known", days=days, score=1.0)
    if asked.target == "train_next" and OF_TODAY.search(said) and DID.search(said):
        return replace(asked, target="day", score=1.0)
    return None


def how_many(said: str) -> bool:
    """Whether a number is asked for."""
    return HOW_MANY.search(said) is not None


def of_weight(said: str) -> bool:
    """Whether a total is asked for in weight."""
    return MOVED.search(said) is not None


def of_volume(said: str) -> bool:
    """Whether weight times repetitions is asked for by its name."""
    return VOLUME.search(said) is not None


def of_pace(said: str) -> bool:
    """Whether two exercises are compared in how fast they are done."""
    return FASTER.search(said) is not None


def _of_a_day(said: str) -> bool:
    """Whether what a day comes to is asked for; in a long message the pattern's gaps could lie anywhere."""
    return len(said.split()) <= DAY_TOTAL_WORDS and DAY_TOTAL.search(said) is not None


def _none_today(facts: Facts) -> bool:
    return bool(facts.logged) and all(past.done_on != facts.today for past in facts.logged)


def _two_spans(said: str, today: date) -> tuple[str, str] | None:
    """The later and the earlier of two weeks or months that are held beside each other: "was last week better"."""
    named = spans_named(said, today)
    if len(named) == 1 and (IS_BETTER.search(said) or IS_BETTER.search(MONTH.sub("last month", said))):
        return named[0], span_before(named[0], today)
    if len(named) != 2 or not COMPARED.search(said) or is_month(named[0]) != is_month(named[1]):
        return None
    return None if FROM_TO.search(said) and HOW_MANY.search(said) else named


def _of_two_exercises(asked: Question, said: str, facts: Facts) -> bool:
    known = {past.exercise for past in facts.logged}
    beside = BESIDE.search(said) or EITHER_MORE.search(said)
    return bool(beside and MINE.search(said) and not ADVISED.search(said) and {asked.exercise, asked.other} <= known)


def _of_muscles(asked: Question, said: str, days: Days | None) -> Question | None:
    """The question with the muscles whose training it asks of: when last, how often, how much, or on which days."""
    group = None if asked.exercise else group_trained(said)
    if group and ADVISED.search(said):
        return replace(asked, target="topic:frequency", score=1.0) if HOW_REGULARLY.search(said) else None
    if group is None:
        return None
    if WHEN_LAST.search(said) and not (days and HOW_MANY.search(said)):
        return replace(asked, target="muscle_last", group=group, score=1.0)
    if asked.target == "often" or HOW_OFTEN.search(said):
        return replace(asked, target="often", group=group, days=days, score=1.0)
    if days and (HOW_MANY.search(said) or DID.search(said)):
        return replace(asked, target="days", group=group, days=days, score=1.0)
    done = HOW_MANY.search(said) and DID.search(said)
    return replace(asked, target="sets_known", group=group, score=1.0) if done else None


def _totals(asked: Question, said: str) -> bool:
    if asked.target in NOT_TOTALS or not HOW_MANY.search(said) or any(p.search(said) for p in (OF_TODAY, MOST)):
        return False
    return bool(EVER.search(said) or IN_TOTAL.search(said) or (asked.exercise and re.search(r"\btotal\b|총", said)))
